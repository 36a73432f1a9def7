package io.faradaybridge.broker.external;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is missing of one address.
 *
 * @param place why the address or its queue is not as it must be; null if it is
 * @param rights that the bridge's account does not have there; those of an address that does not exist are not known
 */
record Lack(Need need, @Nullable String place, List<String> rights) {

    boolean isNothing() {
        return place == null && rights.isEmpty();
    }

    List<String> sentences(String account) {
        List<String> sentences = new ArrayList<>();
        if (place != null) {
            sentences.add(place);
        }
        if (!rights.isEmpty()) {
            sentences.add("the account '" + account + "' may not " + String.join(" and not ", rights)
                    + (need.isQueue() ? " on queue '" : " on topic '") + need.address() + "'");
        }
        return sentences;
    }
}
