package dev.starling.driver.training;

import dev.starling.driver.transport.SparkTransport;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.SparkContext;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/**
 * Where the driver hears of progress: a server on Spark's own transport, guarded by {@code spark.authenticate} as Spark's own connections are. Lives as long as one
 * training. (A task's result comes only at the end, and Spark's heartbeat every ten seconds.)
 */
final class ProgressServer implements AutoCloseable {
    private final TransportContext context;
    private final TransportServer server;
    private final Address address;

    /** Where replicas reach the server. */
    record Address(String host, int port, String applicationId) implements Serializable {}

    private ProgressServer(TransportContext context, TransportServer server, Address address) {
        this.context = context;
        this.server = server;
        this.address = address;
    }

    /** Where the executors reach the driver as they reach it for Spark. */
    static ProgressServer start(SparkContext spark, ProgressListener listener) {
        String host = spark.isLocal() ? "127.0.0.1" : spark.getConf().get("spark.driver.host");
        String bindTo = spark.isLocal() ? host : spark.getConf().get("spark.driver.bindAddress", host);
        TransportConf conf = SparkTransport.conf();
        TransportContext context = new TransportContext(conf, new Handler(listener), true);
        TransportServer server = context.createServer(bindTo, 0, SparkTransport.serverGuards(conf));
        return new ProgressServer(context, server, new Address(host, server.getPort(), spark.applicationId()));
    }

    Address address() {
        return address;
    }

    /** Connects a replica, on its executor. */
    static Connection connect(Address address) {
        TransportConf conf = SparkTransport.conf();
        TransportContext context = new TransportContext(conf, new Handler(ProgressListener.NONE), true);
        TransportClientFactory factory =
                context.createClientFactory(SparkTransport.clientGuards(conf, address.applicationId));
        try {
            return new Connection(context, factory, factory.createClient(address.host, address.port));
        } catch (IOException | InterruptedException | RuntimeException e) {
            factory.close();
            context.close();
            throw new IllegalStateException(
                    "Cannot reach the driver at " + address.host + ":" + address.port + ": " + e.getMessage()
                            + " (expected a way for progress)",
                    e);
        }
    }

    /** A replica's end; closed by the replica. */
    record Connection(TransportContext context, TransportClientFactory factory, TransportClient client)
            implements AutoCloseable {
        @Override
        public void close() {
            factory.close();
            context.close();
        }
    }

    @Override
    public void close() {
        server.close();
        context.close();
    }

    private static final class Handler extends RpcHandler {
        private final ProgressListener listener;
        private final StreamManager streams = new OneForOneStreamManager();

        Handler(ProgressListener listener) {
            this.listener = listener;
        }

        @Override
        public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
            ProgressMessage message = ProgressMessage.fromBytes(bytes);
            if (message instanceof ProgressMessage.Round round) {
                listener.round(round.progress());
            } else if (message instanceof ProgressMessage.Epoch epoch) {
                listener.epoch(epoch.report());
            }
            callback.onSuccess(ByteBuffer.wrap(new byte[] {(byte) (listener.stopRequested() ? 1 : 0)}));
        }

        @Override
        public StreamManager getStreamManager() {
            return streams;
        }
    }
}
