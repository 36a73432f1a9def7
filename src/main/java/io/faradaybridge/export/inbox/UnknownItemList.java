package io.faradaybridge.export.inbox;

import io.faradaybridge.export.ExportRoutes;
import io.faradaybridge.export.UnknownItems;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.inbox.InboxAction;
import io.faradaybridge.inbox.InboxEffects;
import io.faradaybridge.inbox.InboxKind;
import io.faradaybridge.inbox.InboxList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Unknown items, in the inbox. */
@Component
class UnknownItemList implements InboxList {

    private final UnknownItems items;
    private final ItemResolution resolution;
    private final TransactionOperations transaction;
    private final ProducerTemplate camel;

    UnknownItemList(
            UnknownItems items, ItemResolution resolution, TransactionOperations transaction, ProducerTemplate camel) {
        this.items = items;
        this.resolution = resolution;
        this.transaction = transaction;
        this.camel = camel;
    }

    @Override
    public InboxKind kind() {
        return InboxKind.UNKNOWN;
    }

    @Override
    public String rows() {
        return UnknownItems.ROWS;
    }

    @Override
    public List<String> facts() {
        return List.of("export", "issue_type", "label", "sent_at");
    }

    @Override
    public InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed) {
        InboxEffects effects = Objects.requireNonNull(transaction.execute(status -> {
            InboxEffects made = new InboxEffects();
            for (UnknownItems.Item item : items.lock(ids)) {
                boolean again = action == InboxAction.CREATE_AGAIN;
                if (!confirmed || (again ? createdAgain(item, user) : givenUp(item, user))) {
                    made.does(
                            again
                                    ? "looked for once more in " + item.project() + ", and created if not found"
                                    : "given up: they stay without an issue of " + item.project(),
                            1);
                }
            }
            return made;
        }));
        if (confirmed) {
            camel.sendBody(ExportRoutes.WAKE, "");
        }
        return effects;
    }

    private boolean createdAgain(UnknownItems.Item item, FaradayUser user) {
        return resolution.of(item, user, "look for it once more, then create it", () -> items.createAgain(item.id()));
    }

    private boolean givenUp(UnknownItems.Item item, FaradayUser user) {
        return resolution.of(item, user, "given up", () -> items.giveUp(item.id(), "given up by " + user.username()));
    }
}
