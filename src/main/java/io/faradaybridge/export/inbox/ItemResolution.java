package io.faradaybridge.export.inbox;

import io.faradaybridge.activity.Activity;
import io.faradaybridge.activity.Outcome;
import io.faradaybridge.export.UnknownItems;
import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Carries out a user's decision about an unknown item, with its row of the activity. */
@Component
class ItemResolution {

    private final Activity activity;
    private final TransactionOperations transaction;

    ItemResolution(Activity activity, TransactionOperations transaction) {
        this.activity = activity;
        this.transaction = transaction;
    }

    /** @param change false if the item is not unknown any more @return what {@code change} returned */
    boolean of(UnknownItems.Item item, FaradayUser user, String what, BooleanSupplier change) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean made = change.getAsBoolean();
            if (made) {
                activity.record(
                        Outcome.REPLAYED,
                        item.correlationId(),
                        item.vulnerabilityId(),
                        null,
                        "its export was unknown (" + item.reason() + "); " + user.username() + " says: " + what,
                        user.id());
            }
            return made;
        }));
    }
}
