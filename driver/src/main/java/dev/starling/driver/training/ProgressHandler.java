package dev.starling.driver.training;

import java.nio.ByteBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/** Tells the listener what rank 0 says of its progress, and rank 0 whether to stop. */
final class ProgressHandler extends RpcHandler {
    private final ProgressListener listener;
    private final StreamManager streams = new OneForOneStreamManager();

    ProgressHandler(ProgressListener listener) {
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
