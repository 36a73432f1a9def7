package io.faradaybridge.jira.answers;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of a bulk creation, by the position of each issue in the request, from 0.
 *
 * @param errors Jira's reasons, as sentences
 * @param refusedFields the ids of the fields in Jira's reasons
 */
public record BulkResult(
        SortedMap<Integer, CreatedIssue> created, SortedMap<Integer, String> errors, Set<String> refusedFields) {

    public BulkResult(Map<Integer, CreatedIssue> created, Map<Integer, String> errors, Set<String> refusedFields) {
        this(new TreeMap<>(created), new TreeMap<>(errors), Set.copyOf(refusedFields));
    }
}
