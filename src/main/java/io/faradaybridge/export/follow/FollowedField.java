package io.faradaybridge.export.follow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one followed field of an issue, as hashes.
 *
 * @param rendered the value that was worked on last, whether it was sent or not
 * @param sent the value that Jira took last; null if that is not known
 * @param sending a value that Jira may have taken, since its answer was never saved; null if there is none
 * @param shown how Jira showed the value that it took, where it shows texts in another form than it takes them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FollowedField(
        @Nullable String rendered,
        @Nullable String sent,
        @Nullable String sending,
        @Nullable String shown) {

    /** A field that was never worked on. */
    static final FollowedField NEW = new FollowedField(null, null, null, null);

    /** Whose value Jira has. */
    enum Owner {
        /** Jira has the wanted value already. */
        SAME,
        /** The bridge sent what Jira has. */
        BRIDGE,
        /** Somebody changed it in Jira. */
        USER
    }

    /**
     * @param wanted the value that is to be sent, in the form of the call
     * @param now the value that Jira has, as it shows it
     * @param created whether the bridge created the issue and its history does not mention the field
     */
    Owner owner(JsonNode wanted, JsonNode now, boolean created) {
        String has = ValueHash.of(now, wanted);
        if (has.equals(ValueHash.of(wanted))) {
            return Owner.SAME;
        }
        return created || has.equals(sent) || has.equals(sending) || has.equals(shown) ? Owner.BRIDGE : Owner.USER;
    }

    /** Whether Jira took this value last, and no other call may have changed it since. */
    boolean isInJira(JsonNode wanted) {
        return sending == null && ValueHash.of(wanted).equals(sent);
    }

    /** Whether the value that was worked on last was not sent. */
    boolean isRefused() {
        return rendered != null && !rendered.equals(sent);
    }

    boolean isRendered(JsonNode wanted) {
        return Objects.equals(rendered, ValueHash.of(wanted));
    }

    /** With a rendered value that is not sent. */
    FollowedField rendered(JsonNode wanted) {
        return new FollowedField(ValueHash.of(wanted), sent, null, shown);
    }

    /** With a value that Jira refused, so that it has what it had before. */
    FollowedField refused(JsonNode wanted) {
        return new FollowedField(ValueHash.of(wanted), sent, sending, shown);
    }

    FollowedField sending(JsonNode wanted) {
        return new FollowedField(rendered, sent, ValueHash.of(wanted), shown);
    }

    /** @param shows how Jira shows it; null if it was not asked */
    FollowedField sent(JsonNode wanted, @Nullable JsonNode shows) {
        String hash = ValueHash.of(wanted);
        return new FollowedField(hash, hash, null, shows == null ? null : ValueHash.of(shows, wanted));
    }
}
