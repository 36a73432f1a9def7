package io.faradaybridge.export.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faradaybridge.export.ExportProgress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the export that a program requested.
 *
 * @param export the number of the batch, for {@code GET exports/17}; absent if no batch was made
 * @param error why no batch was made; absent if one was
 * @param results items by what came of them: {@code created}, {@code already-linked}, {@code refused}, {@code unknown}
 * @param items absent if they are too many for a message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportReply(
        @Nullable Long export,
        @Nullable String error,
        @Nullable String project,
        @Nullable String issueType,
        @Nullable Map<String, Integer> results,
        @Nullable List<ExportProgress.Item> items) {

    static ExportReply of(ExportProgress.Batch batch) {
        return new ExportReply(batch.id(), null, batch.project(), batch.issueType(), batch.results(), batch.items());
    }

    static ExportReply refused(String reason) {
        return new ExportReply(null, reason, null, null, null, null);
    }

    ExportReply withoutItems() {
        return new ExportReply(export, error, project, issueType, results, null);
    }
}
