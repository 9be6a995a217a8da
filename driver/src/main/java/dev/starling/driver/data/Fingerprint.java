package dev.starling.driver.data;

import dev.starling.worker.data.RawBlock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the content of a data set: the same for the same values, however the files are compressed and the blocks laid out. */
final class Fingerprint {
    private static final int PIECE = 1 << 16;

    private Fingerprint() {}

    /** Of one block: its rows, numbers, codes and dictionaries. */
    static byte[] of(RawBlock block) {
        MessageDigest digest = sha256();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        digest.update(piece.putInt(block.rows()).putInt(block.numericColumns()).flip());
        for (int at = 0; at < block.numbers().length; at += PIECE / Double.BYTES) {
            int length = Math.min(PIECE / Double.BYTES, block.numbers().length - at);
            piece.clear().asDoubleBuffer().put(block.numbers(), at, length);
            digest.update(piece.limit(length * Double.BYTES));
        }
        digest.update(block.bytes());
        for (int at = 0; at < block.codes().length; at += PIECE / Integer.BYTES) {
            int length = Math.min(PIECE / Integer.BYTES, block.codes().length - at);
            piece.clear().asIntBuffer().put(block.codes(), at, length);
            digest.update(piece.limit(length * Integer.BYTES));
        }
        for (String[] dictionary : block.dictionaries()) {
            for (String name : dictionary) {
                digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return digest.digest();
    }

    /**
     * Of a data set, as hexadecimal digits.
     *
     * @param labelled names of the parts and the fingerprints of their blocks, in order
     */
    static String of(List<byte[]> labelled) {
        MessageDigest digest = sha256();
        labelled.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "Cannot fingerprint data: this Java has no SHA-256 (expected every Java to)", e);
        }
    }
}
