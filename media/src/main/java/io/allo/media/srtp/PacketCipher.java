package io.allo.media.srtp;

/**
 * Seals one packet and opens it again, in place: header in the clear, body encrypted, all of it under a tag. The four bytes
 * {@code word} are authenticated behind the packet: the rollover counter for SRTP (RFC 3711 4.2), E flag and index for SRTCP
 * (3.4). Owned by the thread of its context.
 */
sealed interface PacketCipher permits CounterCipher, GcmCipher {

    /** Length of the tag, in bytes. */
    int tagBytes();

    /**
     * Encrypts the body and writes the tag.
     *
     * @param headerBytes what stays readable of the {@code length} bytes at {@code off}
     * @param index the packet's 48-bit index
     * @param tagAt where the tag goes in {@code b}
     */
    void seal(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt);

    /** Checks the tag, then decrypts the body. False, and nothing changed, if the packet is not from who has the key. */
    boolean open(byte[] b, int off, int headerBytes, int length, int ssrc, long index, int word, int tagAt);
}
