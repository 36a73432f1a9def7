package io.faradaybridge.broker;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.apache.activemq.artemis.utils.ConfigurationHelper;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port of the embedded broker on which a {@link PeerInput} checks all bytes before the broker sees them. By itself
 * Artemis reads HTTP, packets of clusters and frames of any size from everyone who connects. The only place before that
 * is an acceptor that does not accept connections itself but gets them from this class.
 */
@SuppressWarnings("rawtypes") // of the interfaces it extends
final class GuardedAcceptor extends NettyAcceptor {

    private static final Logger log = LoggerFactory.getLogger(GuardedAcceptor.class);
    private static final long STOP_MILLIS = 3_000;

    private final int connectionsAllowed;
    private final Unauthenticated unauthenticated = new Unauthenticated();
    private final ChannelGroup listening = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private @Nullable EventLoopGroup threads;
    private volatile int port;

    private GuardedAcceptor(
            String name,
            ClusterConnection cluster,
            Map<String, Object> configuration,
            BufferHandler handler,
            ServerConnectionLifeCycleListener listener,
            ScheduledExecutorService scheduled,
            Executor failures,
            Map<String, ProtocolManager> protocols,
            String threadGroup,
            MetricsManager metrics,
            int connectionsAllowed) {
        super(name, cluster, configuration, handler, listener, scheduled, failures, protocols, threadGroup, metrics);
        this.connectionsAllowed = connectionsAllowed;
    }

    /** @param connectionsAllowed how many connections each acceptor takes at most */
    static AcceptorFactory factory(int connectionsAllowed) {
        return new AcceptorFactory() {
            @Override
            public Acceptor createAcceptor(
                    String name,
                    ClusterConnection cluster,
                    Map<String, Object> configuration,
                    BufferHandler handler,
                    ServerConnectionLifeCycleListener listener,
                    Executor threadPool,
                    ScheduledExecutorService scheduled,
                    Map<String, ProtocolManager> protocols,
                    String threadGroup,
                    MetricsManager metrics) {
                return new GuardedAcceptor(
                        name,
                        cluster,
                        configuration,
                        handler,
                        listener,
                        scheduled,
                        new OrderedExecutor(threadPool),
                        protocols,
                        threadGroup,
                        metrics,
                        connectionsAllowed);
            }
        };
    }

    /** With these parameters an acceptor opens no port itself and waits until it is started. */
    static Map<String, Object> parameters() {
        return Map.of(
                TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME, true,
                TransportConstants.AUTO_START, false,
                TransportConstants.REMOTING_THREADS_PROPNAME, 1);
    }

    @Override
    protected synchronized void internalStart() throws Exception {
        if (isStarted()) {
            return;
        }
        super.internalStart();
        EventLoopGroup group = new NioEventLoopGroup(0, new DefaultThreadFactory("broker-" + getName(), true));
        threads = group;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        String hosts = ConfigurationHelper.getStringProperty(
                TransportConstants.HOST_PROP_NAME, TransportConstants.DEFAULT_HOST, getConfiguration());
        int wanted = ConfigurationHelper.getIntProperty(
                TransportConstants.PORT_PROP_NAME, TransportConstants.DEFAULT_PORT, getConfiguration());
        for (String host : TransportConfiguration.splitHosts(hosts)) {
            Channel channel = bootstrap
                    .bind(new InetSocketAddress(host, wanted))
                    .syncUninterruptibly()
                    .channel();
            listening.add(channel);
            port = ((InetSocketAddress) channel.localAddress()).getPort();
        }
    }

    private void accept(Channel channel) {
        if (accepted.size() >= connectionsAllowed) {
            log.warn(
                    "A connection from {} was closed: port {} has its {} connections. bridge.broker.connections allows"
                            + " more.",
                    channel.remoteAddress(),
                    port,
                    connectionsAllowed);
            var unused = channel.close();
            return;
        }
        accepted.add(channel);
        channel.pipeline()
                .addLast(new PeerInput(
                        getProtocolHandler().getProtocolMap().keySet(), getConnections(), unauthenticated));
        transfer(channel);
    }

    @Override
    public int getActualPort() {
        return port;
    }

    @Override
    public synchronized void pause() {
        listening.close().awaitUninterruptibly(STOP_MILLIS);
        super.pause();
    }

    @Override
    public synchronized void asyncStop(Runnable stopped) {
        listening.close().awaitUninterruptibly(STOP_MILLIS);
        accepted.close().awaitUninterruptibly(STOP_MILLIS);
        EventLoopGroup stopping = threads;
        threads = null;
        super.asyncStop(() -> {
            if (stopping == null) {
                stopped.run();
            } else {
                stopping.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS)
                        .addListener(done -> stopped.run());
            }
        });
    }
}
