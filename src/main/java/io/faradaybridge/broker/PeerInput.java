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
import org.apache.activemq.artemis.protocol.amqp.broker.ActiveMQProtonRemotingConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what a client sends before the broker reads it. Before the client has signed in, only the start of a session
 * passes, within a limit of bytes and seconds. Afterwards no frame may be larger than a message. Anything else closes
 * the connection. The bytes are not changed.
 */
final class PeerInput extends ByteToMessageDecoder {

    private static final Logger log = LoggerFactory.getLogger(PeerInput.class);

    /**
     * The start of a session takes a few hundred bytes; the rest is for long names, passwords and client properties.
     */
    static final int MAX_BYTES_BEFORE_SIGN_IN = 16 * 1024;

    static final long SIGN_IN_SECONDS = 20;

    /**
     * AMQP before signing in reaches the broker in pieces that its buffer of 512 bytes can hold. After a frame that it
     * refuses, the broker would read more bytes in a loop without end, so no further piece passes.
     */
    private static final int SLICE = 256;

    /** Twice the limit of a message, so that the broker can still answer that a message is too large. */
    static final int MAX_FRAME = (int) (2 * BrokerLayout.MAX_MESSAGE_BYTES);

    /** As many bytes as the broker reads to recognise the protocol. */
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
     * @param protocols the protocols of the acceptor, by Artemis' names
     * @param connections the connections of the broker, by channel id
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
            int passed =
                    signedIn || !protocol.equals("AMQP") ? in.readableBytes() : Math.min(in.readableBytes(), SLICE);
            beforeSignIn += signedIn ? 0 : passed;
            out.add(in.readRetainedSlice(passed));
        }
    }

    /** @return why these bytes must not reach the broker; null if they may */
    private @Nullable String problem(ChannelHandlerContext peer, ByteBuf in) {
        if (protocol == null) {
            protocol = protocol(in.toString(in.readerIndex(), FIRST_BYTES, US_ASCII));
            if (!protocols.contains(protocol)) {
                return "it does not begin like " + String.join(", ", protocols);
            }
        }
        boolean mayMore = hasSignedIn(peer.channel());
        if (!mayMore && beforeSignIn + in.readableBytes() > MAX_BYTES_BEFORE_SIGN_IN) {
            return "it sent more than " + MAX_BYTES_BEFORE_SIGN_IN + " bytes before signing in";
        }
        return switch (protocol) {
            case "CORE" -> core.problem(in, mayMore);
            case "STOMP" -> tooLongAFrame(in);
            default -> mayMore || isReadable(peer.channel()) ? null : "its AMQP cannot be read";
        };
    }

    /** The broker limits each AMQP frame itself; false after one that it refused. */
    private boolean isReadable(Channel channel) {
        NettyServerConnection connection = connections.get(channel.id());
        return connection == null
                || !(connection.getProtocolConnection() instanceof ActiveMQProtonRemotingConnection amqp)
                || amqp.getAmqpConnection().getHandler().getTransport().getCondition() == null;
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

    /** A STOMP frame ends with a NUL. A NUL within a body only lets a longer frame pass. */
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
