package dev.starling.driver.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.util.TransportConf;

/** A task's connection to a {@link DriverServer}; closed by the task. */
public final class DriverConnection implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 120_000;

    private final TransportContext context;
    private final TransportClientFactory factory;
    private final TransportClient client;

    private DriverConnection(TransportContext context, TransportClientFactory factory, TransportClient client) {
        this.context = context;
        this.factory = factory;
        this.client = client;
    }

    /**
     * Connects.
     *
     * @param purpose what the connection is a way to, for the message of a failure
     * @throws IllegalStateException if the driver cannot be reached
     */
    public static DriverConnection to(DriverServer.Address address, String purpose) {
        TransportConf conf = SparkTransport.conf();
        TransportContext context = new TransportContext(conf, new Silent());
        TransportClientFactory factory =
                context.createClientFactory(SparkTransport.clientGuards(conf, address.applicationId()));
        try {
            TransportClient client = factory.createUnmanagedClient(address.host(), address.port());
            return new DriverConnection(context, factory, client);
        } catch (IOException | InterruptedException | RuntimeException e) {
            factory.close();
            context.close();
            throw new IllegalStateException(
                    "Cannot reach the driver at " + address.host() + ":" + address.port() + ": " + e.getMessage()
                            + " (expected a way " + purpose + ")",
                    e);
        }
    }

    /** Sends and waits for the answer, at most two minutes. */
    public ByteBuffer ask(ByteBuffer message) {
        return client.sendRpcSync(message, PATIENCE_MILLIS);
    }

    /** Sends and waits for nothing. */
    public void tell(ByteBuffer message, RpcResponseCallback answer) {
        client.sendRpc(message, answer);
    }

    @Override
    public void close() {
        client.close();
        factory.close();
        context.close();
    }

    /** A task is never asked. */
    private static final class Silent extends RpcHandler {
        private final StreamManager streams = new OneForOneStreamManager();

        @Override
        public void receive(TransportClient client, ByteBuffer bytes, RpcResponseCallback callback) {
            callback.onFailure(new UnsupportedOperationException("Cannot ask a task (expected it to ask)"));
        }

        @Override
        public StreamManager getStreamManager() {
            return streams;
        }
    }
}
