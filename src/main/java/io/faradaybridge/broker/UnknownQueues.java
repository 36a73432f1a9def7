package io.faradaybridge.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues in the journal that {@link BrokerLayout} does not know; an older version let any client create them. Such a
 * queue on an address of the bridge takes messages away from it. So these queues are removed before anyone may connect,
 * and their messages are moved to the queue that they were sent to.
 */
final class UnknownQueues {

    private static final Logger log = LoggerFactory.getLogger(UnknownQueues.class);
    private static final Set<String> KNOWN = Set.copyOf(Queues.ALL);

    private UnknownQueues() {}

    /**
     * @param moved messages that were moved to the bridge's queue of that address
     * @param lost messages of an address that is not the bridge's; they are deleted
     */
    record Removed(String queue, String address, long moved, long lost) {

        @Override
        public String toString() {
            return "queue '" + queue + "' on address '" + address + "', "
                    + (KNOWN.contains(address)
                            ? moved + " messages moved to queue '" + address + "'"
                            : "with " + lost + " messages");
        }
    }

    /** @param topic whose subscriptions stay, also while no events are sent; queues for replies stay too */
    static List<Removed> remove(ActiveMQServer broker, String topic) throws Exception {
        List<Removed> removed = new ArrayList<>();
        for (QueueBinding binding : broker.getPostOffice()
                .getAllBindings()
                .filter(QueueBinding.class::isInstance)
                .map(QueueBinding.class::cast)
                .filter(found -> !KNOWN.contains(found.getQueue().getName().toString()))
                .filter(found -> !topic.equals(found.getQueue().getAddress().toString()))
                .filter(found -> !found.getQueue().getAddress().toString().startsWith(BrokerLayout.REPLIES))
                .toList()) {
            removed.add(remove(broker, binding.getQueue()));
        }
        removed.forEach(queue -> log.warn("The embedded broker removed a queue that is not the bridge's: {}", queue));
        return removed;
    }

    private static Removed remove(ActiveMQServer broker, Queue queue) throws Exception {
        SimpleString address = queue.getAddress();
        long moved = 0;
        if (KNOWN.contains(address.toString())) {
            moved = queue.moveReferences(null, address, broker.getPostOffice().getBinding(address));
        }
        long lost = queue.getMessageCount();
        broker.destroyQueue(queue.getName(), null, false, true);
        if (!KNOWN.contains(address.toString()) && broker.getAddressInfo(address) != null) {
            broker.removeAddressInfo(address, null, true);
        }
        return new Removed(queue.getName().toString(), address.toString(), moved, lost);
    }
}
