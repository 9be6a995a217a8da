package dev.starling.driver.transport;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServer;
import org.apache.spark.network.util.TransportConf;

/** Where tasks reach the driver while they run: a task's result comes only at its end, and Spark's heartbeat every ten seconds. Closed by its maker. */
public final class DriverServer implements AutoCloseable {
    private final TransportContext context;
    private final TransportServer server;
    private final Address address;

    /** Where tasks reach the server. */
    public record Address(String host, int port, String applicationId) implements Serializable {}

    private DriverServer(TransportContext context, TransportServer server, Address address) {
        this.context = context;
        this.server = server;
        this.address = address;
    }

    /**
     * Where the executors reach the driver as they reach it for Spark. Connections may be silent as long as they like.
     *
     * @param handler called on one thread of the transport
     */
    public static DriverServer start(SparkContext spark, RpcHandler handler) {
        String host = spark.isLocal() ? "127.0.0.1" : spark.getConf().get("spark.driver.host");
        String bindTo = spark.isLocal() ? host : spark.getConf().get("spark.driver.bindAddress", host);
        TransportConf conf = SparkTransport.conf();
        TransportContext context = new TransportContext(conf, handler);
        TransportServer server = context.createServer(bindTo, 0, SparkTransport.serverGuards(conf));
        return new DriverServer(context, server, new Address(host, server.getPort(), spark.applicationId()));
    }

    public Address address() {
        return address;
    }

    @Override
    public void close() {
        server.close();
        context.close();
    }
}
