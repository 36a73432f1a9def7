package io.faradaybridge.broker;

import io.netty.buffer.ByteBuf;
import java.util.Set;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.jspecify.annotations.Nullable;

/**
 * Which packets of Artemis' Core protocol a client may send: their length, type and channel are checked as the bytes
 * pass. On channels that come before any session, the broker itself would accept packets for clusters, replication and
 * federation, and create queues (CVE-2026-27446, CVE-2026-49362). Here a client can start a session and use it.
 */
final class CorePackets {

    static final int MAX_BEFORE_SIGN_IN = 8 * 1024;

    private static final int HANDSHAKE = "ARTEMIS".length();
    /** Length, type, channel. */
    private static final int HEAD = Integer.BYTES + Byte.BYTES + Long.BYTES;

    private static final long CONNECTION_CHANNEL = 0;
    private static final long START_CHANNEL = 1;
    private static final long FIRST_SESSION_CHANNEL = 10;

    private static final Set<Byte> OF_THE_CONNECTION =
            Set.of(PacketImpl.PING, PacketImpl.SUBSCRIBE_TOPOLOGY, PacketImpl.SUBSCRIBE_TOPOLOGY_V2);
    /** A reattachment is answered by {@link ReattachmentRefusal}. */
    private static final Set<Byte> OF_A_START = Set.of(
            PacketImpl.CREATESESSION,
            PacketImpl.CREATESESSION_V2,
            PacketImpl.CHECK_FOR_FAILOVER,
            PacketImpl.REATTACH_SESSION);

    private final byte[] head = new byte[HEAD];
    private int read;
    private long toSkip = HANDSHAKE;

    /**
     * @return why the packets that begin in these bytes must not reach the broker; null if they may. The bytes stay
     * unread
     */
    @Nullable
    String problem(ByteBuf in, boolean signedIn) {
        int at = in.readerIndex();
        while (at < in.writerIndex()) {
            if (toSkip > 0) {
                int skipped = (int) Math.min(toSkip, in.writerIndex() - at);
                at += skipped;
                toSkip -= skipped;
                continue;
            }
            head[read++] = in.getByte(at++);
            if (read == HEAD) {
                read = 0;
                String problem = headProblem(signedIn);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private @Nullable String headProblem(boolean signedIn) {
        long length = number(0, Integer.BYTES) & 0xffffffffL;
        byte type = head[Integer.BYTES];
        long channel = number(Integer.BYTES + Byte.BYTES, Long.BYTES);
        if (length < HEAD - Integer.BYTES) {
            return "its packet length of " + length + " bytes is not possible";
        }
        int allowed = signedIn ? PeerInput.MAX_FRAME : MAX_BEFORE_SIGN_IN;
        if (length > allowed) {
            return "its packet of " + length + " bytes is larger than " + allowed
                    + (signedIn ? "" : " before signing in");
        }
        if (!isAllowed(type, channel, signedIn)) {
            return "its packet of type " + type + " on channel " + channel + " is none that "
                    + (signedIn ? "a client may send" : "may be sent before signing in");
        }
        toSkip = length + Integer.BYTES - HEAD;
        return null;
    }

    private static boolean isAllowed(byte type, long channel, boolean signedIn) {
        if (channel == CONNECTION_CHANNEL) {
            return OF_THE_CONNECTION.contains(type);
        }
        if (channel == START_CHANNEL) {
            return OF_A_START.contains(type);
        }
        return signedIn && channel >= FIRST_SESSION_CHANNEL && isOfASession(type);
    }

    /** The broker then checks what the account may do. */
    private static boolean isOfASession(byte type) {
        return (type >= PacketImpl.EXCEPTION && type <= PacketImpl.PACKETS_CONFIRMED)
                || (type >= PacketImpl.CREATE_QUEUE && type <= PacketImpl.SESS_PRODUCER_FAIL_CREDITS)
                || (type >= PacketImpl.SESS_ADD_METADATA && type <= PacketImpl.SESS_UNIQUE_ADD_METADATA)
                || (type <= PacketImpl.CREATE_ADDRESS && type >= PacketImpl.CREATE_SHARED_QUEUE_V2)
                || type == PacketImpl.CREATE_PRODUCER
                || type == PacketImpl.REMOVE_PRODUCER;
    }

    private long number(int from, int bytes) {
        long number = 0;
        for (int i = from; i < from + bytes; i++) {
            number = number << Byte.SIZE | (head[i] & 0xff);
        }
        return number;
    }
}
