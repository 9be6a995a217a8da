package dev.starling.driver.selection.pool;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/** Brings what slots say to the {@link Desk}: a connection per slot. */
final class DeskHandler extends RpcHandler {
    private final Desk desk;
    private final StreamManager streams = new OneForOneStreamManager();

    DeskHandler(Desk desk) {
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
