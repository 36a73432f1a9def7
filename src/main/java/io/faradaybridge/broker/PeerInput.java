package io.faradaybridge.broker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads along what a peer sends, before the broker does. Until the peer has signed in, only what a session's start needs
 * passes, little of it and not for long; afterwards no frame is larger than a message may be. Anything else closes the
 * connection. Nothing is changed on the way.
 */
final class PeerInput extends ByteToMessageDecoder {

    private static final Logger log = LoggerFactory.getLogger(PeerInput.class);

    /** A session's start is a few hundred bytes; this is for long names, passwords and client properties. */
    static final int MAX_BYTES_BEFORE_SIGN_IN = 16 * 1024;

    static final long SIGN_IN_SECONDS = 20;

    /** Generous: the broker tells a sender that its message is too large, as long as it can be read. */
    static final int MAX_FRAME = (int) (2 * BrokerLayout.MAX_MESSAGE_BYTES);

    /** As many bytes as the broker looks at to tell the protocols apart. */
    private static final int FIRST_BYTES = 8;

    private final Set<String> protocols;
    private final Map<Object, NettyServerConnection> connections;
    private final Unauthenticated unauthenticated;
    private @Nullable String protocol;
    private final CorePackets core = new CorePackets();
    private long beforeSignIn;
    private long unfinished;
    private boolean signedIn;

    /**
     * @param protocols those of the acceptor, by Artemis' names
     * @param connections the broker's, by channel id
     */
    PeerInput(Set<String> protocols, Map<Object, NettyServerConnection> connections, Unauthenticated unauthenticated) {
        this.protocols = protocols;
        this.connections = connections;
        this.unauthenticated = unauthenticated;
    }

    @Override
    public void channelActive(ChannelHandlerContext peer) throws Exception {
        Channel channel = peer.channel();
        unauthenticated.add(channel);
        channel.closeFuture().addListener(closed -> unauthenticated.remove(channel));
        var unused = peer.executor()
                .schedule(
                        () -> {
                            if (!hasSignedIn(channel)) {
                                refuse(peer, "nobody signed in within " + SIGN_IN_SECONDS + " s");
                            }
                        },
                        SIGN_IN_SECONDS,
                        TimeUnit.SECONDS);
        super.channelActive(peer);
    }

    @Override
    protected void decode(ChannelHandlerContext peer, ByteBuf in, List<Object> out) {
        String cause = in.readableBytes() < FIRST_BYTES && protocol == null ? null : problem(peer, in);
        if (cause != null) {
            in.skipBytes(in.readableBytes());
            refuse(peer, cause);
        } else if (protocol != null) {
            out.add(in.readRetainedSlice(in.readableBytes()));
        }
    }

    /** @return why this must not reach the broker; null: it may */
    private @Nullable String problem(ChannelHandlerContext peer, ByteBuf in) {
        if (protocol == null) {
            protocol = protocol(in.toString(in.readerIndex(), FIRST_BYTES, US_ASCII));
            if (!protocols.contains(protocol)) {
                return "it does not begin like " + String.join(", ", protocols);
            }
        }
        boolean mayMore = hasSignedIn(peer.channel());
        if (!mayMore) {
            beforeSignIn += in.readableBytes();
            if (beforeSignIn > MAX_BYTES_BEFORE_SIGN_IN) {
                return "it sent more than " + MAX_BYTES_BEFORE_SIGN_IN + " bytes before signing in";
            }
        }
        return switch (protocol) {
            case "CORE" -> core.problem(in, mayMore);
            case "STOMP" -> tooLongAFrame(in);
            default -> null; // AMQP: the broker bounds each frame itself, from the first on
        };
    }

    private static String protocol(String beginning) {
        if (beginning.startsWith("ARTEMIS")) {
            return "CORE";
        }
        if (beginning.startsWith("AMQP")) {
            return "AMQP";
        }
        return beginning.startsWith("CONNECT") || beginning.startsWith("STOMP") ? "STOMP" : "";
    }

    /** A STOMP frame ends with a NUL; one within a body only makes this bound wider. */
    private @Nullable String tooLongAFrame(ByteBuf in) {
        int end = in.indexOf(in.writerIndex(), in.readerIndex(), (byte) 0);
        unfinished = end < 0 ? unfinished + in.readableBytes() : in.writerIndex() - end - 1;
        return unfinished > MAX_FRAME ? "its frame is longer than " + MAX_FRAME + " bytes" : null;
    }

    private boolean hasSignedIn(Channel channel) {
        if (!signedIn) {
            NettyServerConnection connection = connections.get(channel.id());
            RemotingConnection session = connection == null ? null : connection.getProtocolConnection();
            signedIn = session != null && session.getSubject() != null;
            if (signedIn) {
                unauthenticated.remove(channel);
            }
        }
        return signedIn;
    }

    private static void refuse(ChannelHandlerContext peer, String cause) {
        if (peer.channel().isActive()) {
            log.warn(
                    "A connection from {} to the queues was closed: {}",
                    peer.channel().remoteAddress(),
                    cause);
            var unused = peer.close();
        }
    }
}
