package io.faradaybridge.broker;

import io.netty.channel.Channel;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one acceptor on which nobody has signed in yet. If there are too many, the oldest is closed. A
 * client with the password signs in at once, so connections that are only held open cannot keep it out.
 */
final class Unauthenticated {

    static final int AT_MOST = 100;

    private final Set<Channel> channels = new LinkedHashSet<>();

    void add(Channel channel) {
        Channel tooOld = addAndFindTooOld(channel);
        if (tooOld != null) {
            var unused = tooOld.close();
        }
    }

    private synchronized @Nullable Channel addAndFindTooOld(Channel channel) {
        channels.add(channel);
        if (channels.size() <= AT_MOST) {
            return null;
        }
        Iterator<Channel> oldest = channels.iterator();
        Channel tooOld = oldest.next();
        oldest.remove();
        return tooOld;
    }

    /** Called when the client has signed in or the connection is closed. */
    synchronized void remove(Channel channel) {
        channels.remove(channel);
    }
}
