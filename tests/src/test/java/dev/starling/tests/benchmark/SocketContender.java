package dev.starling.tests.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * One of two processes that send each other the bytes of an averaging over a raw socket, half of the vector up and half down, and compute nothing. Arguments: rank, folder,
 * floats (1.68 M if there is none), interface on which to listen (lo if there is none); answers as {@link ExchangeContender}'s.
 */
public final class SocketContender {
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer out;
    private final ByteBuffer in;

    private SocketContender(SocketChannel channel, int floats) throws IOException {
        this.channel = channel;
        this.out = ByteBuffer.allocateDirect(floats / 2 * Float.BYTES);
        this.in = ByteBuffer.allocateDirect(floats / 2 * Float.BYTES);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        this.selector = Selector.open();
        channel.register(selector, SelectionKey.OP_READ);
    }

    public static void main(String[] arguments) throws IOException {
        int rank = Integer.parseInt(arguments[0]);
        int floats = arguments.length > 2 ? Integer.parseInt(arguments[2]) : ExchangeContender.PARAMETERS;
        Path card = Path.of(arguments[1]).resolve("socket");
        InetAddress host = host(arguments.length > 3 ? arguments[3] : "lo");
        SocketContender contender = new SocketContender(rank == 0 ? accept(card, host) : connect(card), floats);
        new Answers().serve(words -> contender.measure(Integer.parseInt(words.get(0))));
        System.exit(0);
    }

    /** This process's address on an interface, of version 4. */
    static InetAddress host(String of) throws IOException {
        return NetworkInterface.getByName(of)
                .inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private static SocketChannel accept(Path card, InetAddress host) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress(host, 0))) {
            Path aside = card.resolveSibling("socket.tmp");
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Files.writeString(aside, host.getHostAddress() + ":" + port);
            Files.move(aside, card, StandardCopyOption.ATOMIC_MOVE);
            return server.accept();
        }
    }

    private static SocketChannel connect(Path card) throws IOException {
        for (int tries = 0; !Files.exists(card) && tries < 3000; tries++) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Cannot measure: interrupted", e);
            }
        }
        String[] address = Files.readString(card).split(":", -1);
        return SocketChannel.open(new InetSocketAddress(address[0], Integer.parseInt(address[1])));
    }

    private double[] measure(int rounds) {
        try {
            double[] answer = new double[rounds + 2];
            for (int round = 0; round < rounds; round++) {
                swap(1);
                long busy = ExchangeContender.busyNanos();
                long start = System.nanoTime();
                swap(out.capacity());
                swap(out.capacity());
                answer[round] = (System.nanoTime() - start) / 1e6;
                answer[rounds + 1] += (ExchangeContender.busyNanos() - busy) / 1e6 / rounds;
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot measure sockets", e);
        }
    }

    /** Sends so many bytes and receives as many, at once. */
    private void swap(int bytes) throws IOException {
        out.clear().limit(bytes);
        in.clear().limit(bytes);
        SelectionKey key = channel.keyFor(selector);
        while (out.hasRemaining() || in.hasRemaining()) {
            key.interestOps((out.hasRemaining() ? SelectionKey.OP_WRITE : 0) | SelectionKey.OP_READ);
            selector.select();
            selector.selectedKeys().clear();
            if (out.hasRemaining()) {
                channel.write(out);
            }
            if (in.hasRemaining() && channel.read(in) < 0) {
                throw new IOException("Cannot measure sockets: the other process has ended");
            }
        }
    }
}
