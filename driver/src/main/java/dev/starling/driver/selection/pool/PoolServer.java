package dev.starling.driver.selection.pool;

import dev.starling.driver.transport.SparkTransport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/** Where slots reach the {@link Desk}, as long as a pool runs. A connection per slot; connections may be silent as long as a unit trains. */
final class PoolServer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 120_000;

    private final TransportContext context;
    private final TransportServer server;
    private final Address address;

    /** Where slots reach the server. */
    record Address(String host, int port, String applicationId) implements Serializable {}

    private PoolServer(TransportContext context, TransportServer server, Address address) {
        this.context = context;
        this.server = server;
        this.address = address;
    }

    /**
     * @param host on which the executors reach the driver
     * @param bindTo the driver's own name for it
     */
    static PoolServer start(String host, String bindTo, String applicationId, Desk desk) {
        TransportConf conf = SparkTransport.conf();
        TransportContext context = new TransportContext(conf, new Handler(desk));
        TransportServer server = context.createServer(bindTo, 0, SparkTransport.serverGuards(conf));
        return new PoolServer(context, server, new Address(host, server.getPort(), applicationId));
    }

    Address address() {
        return address;
    }

    @Override
    public void close() {
        server.close();
        context.close();
    }

    /** A slot's end; closed by the slot. */
    record Connection(TransportContext context, TransportClientFactory factory, TransportClient client)
            implements AutoCloseable {
        static Connection to(Address address) {
            TransportConf conf = SparkTransport.conf();
            TransportContext context = new TransportContext(conf, new Silent());
            TransportClientFactory factory =
                    context.createClientFactory(SparkTransport.clientGuards(conf, address.applicationId()));
            try {
                return new Connection(context, factory, factory.createUnmanagedClient(address.host(), address.port()));
            } catch (IOException | InterruptedException | RuntimeException e) {
                factory.close();
                context.close();
                throw new IllegalStateException(
                        "Cannot reach the driver at " + address.host() + ":" + address.port() + ": " + e.getMessage()
                                + " (expected a way to ask for work)",
                        e);
            }
        }

        ByteBuffer ask(Request request) {
            return client.sendRpcSync(request.toBytes(), PATIENCE_MILLIS);
        }

        @Override
        public void close() {
            client.close();
            factory.close();
            context.close();
        }
    }

    private static final class Handler extends RpcHandler {
        private final Desk desk;
        private final StreamManager streams = new OneForOneStreamManager();

        Handler(Desk desk) {
            this.desk = desk;
        }

        @Override
        public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
            callback.onSuccess(desk.answer(client.getChannel(), Request.fromBytes(bytes)));
        }

        @Override
        public void channelInactive(TransportClient client) {
            desk.gone(client.getChannel());
        }

        @Override
        public StreamManager getStreamManager() {
            return streams;
        }
    }

    /** A slot is never asked. */
    private static final class Silent extends RpcHandler {
        private final StreamManager streams = new OneForOneStreamManager();

        @Override
        public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
            callback.onFailure(new UnsupportedOperationException("Cannot ask a slot (expected it to ask)"));
        }

        @Override
        public StreamManager getStreamManager() {
            return streams;
        }
    }
}
