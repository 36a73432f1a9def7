package io.faradaybridge.inbox;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import java.util.List;

/** One list of work that needs a person, by the package that owns its rows. */
public interface InboxList {

    InboxKind kind();

    /**
     * The rows that a user may see, as a statement with the parameters {@code :everywhere}, {@code :general} and {@code
     * :workspaces} of a {@link io.faradaybridge.faraday.Visibility}, and these columns:
     *
     * <ul>
     *   <li>{@code id} unique in the list, higher for newer rows; {@code at} since when it waits
     *   <li>{@code "group"} the key of its cause, the same for rows with an equal cause
     *   <li>{@code code} the cause for programs, or null; {@code cause} as a sentence
     *   <li>{@code project}, {@code issue_key}, {@code vulnerability_id}, each or null
     *   <li>{@code facts} what only this list knows, as a JSON object of texts with the keys of {@link #facts}
     * </ul>
     */
    String rows();

    /** The keys of the column {@code facts}, in the order of a table's columns. */
    List<String> facts();

    /**
     * Does something about some rows, or only says what it would do. Rows that another user or replica has dealt with
     * meanwhile are passed over.
     *
     * @param ids of rows that the user may see, few enough for one transaction
     * @param confirmed if false, nothing is done
     */
    InboxEffects act(InboxAction action, List<Long> ids, FaradayUser user, boolean confirmed);
}
