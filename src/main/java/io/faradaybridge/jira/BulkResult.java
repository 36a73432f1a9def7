package io.faradaybridge.jira;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of each issue of a bulk creation, by its position in what was sent, from 0.
 *
 * @param errors Jira's reason, for people
 * @param refusedFields ids of the fields that Jira named in its reasons
 */
public record BulkResult(
        SortedMap<Integer, CreatedIssue> created, SortedMap<Integer, String> errors, Set<String> refusedFields) {

    public BulkResult(Map<Integer, CreatedIssue> created, Map<Integer, String> errors, Set<String> refusedFields) {
        this(new TreeMap<>(created), new TreeMap<>(errors), Set.copyOf(refusedFields));
    }
}
