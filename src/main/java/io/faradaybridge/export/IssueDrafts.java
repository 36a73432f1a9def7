package io.faradaybridge.export;

import io.faradaybridge.fields.IssueFields;
import io.faradaybridge.fields.UsedValue;
import io.faradaybridge.fields.UsedValue.Source;
import io.faradaybridge.fields.VariedFields;
import io.faradaybridge.jinja2.api.TemplateException;
import io.faradaybridge.jira.answers.XmlText;
import io.faradaybridge.template.JinjaTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Drafts an issue: the fields by the project's configuration and Jira's create screen, or the problems with them. */
@Component
class IssueDrafts {

    private final JinjaTexts texts;

    IssueDrafts(JinjaTexts texts) {
        this.texts = texts;
    }

    /** @param summary see {@link ExportFlow#draft}; {@code description} likewise */
    IssueDraft of(EnrichedItem enriched, IssueScreen screen, @Nullable Object summary, @Nullable Object description) {
        ExportItem item = enriched.item();
        IssueFields fields = screen.fields();
        if (fields == null) {
            return IssueDraft.impossible(
                    item, Map.of(item.projectKey() + " / " + item.issueType(), "is not configured any more"));
        }
        return new Drafting(enriched, screen, fields).draft(summary, description);
    }

    private final class Drafting {

        private final EnrichedItem enriched;
        private final IssueScreen screen;
        private final IssueFields fields;
        private final Map<String, String> problems;
        private final List<UsedValue> used = new ArrayList<>();

        Drafting(EnrichedItem enriched, IssueScreen screen, IssueFields fields) {
            this.enriched = enriched;
            this.screen = screen;
            this.fields = fields;
            this.problems = new LinkedHashMap<>(fields.problems());
        }

        IssueDraft draft(@Nullable Object summaryOfFile, @Nullable Object descriptionOfFile) {
            ExportItem item = enriched.item();
            String summary = text(fields.summary(), summaryOfFile);
            String description = text(fields.description(), descriptionOfFile);
            if (XmlText.of(summary).isBlank() && !(summaryOfFile instanceof Unrendered)) {
                problems.putIfAbsent("Summary", "is empty for this vulnerability; Jira wants a line of text");
            }
            VariedFields.Values values = fields.varied().values(enriched.model(), this::render, screen.directory());
            values.problems().forEach(problems::putIfAbsent);
            used.addAll(values.used());
            return problems.isEmpty()
                    ? new IssueDraft(
                            item,
                            fields.forIssue(summary, description, item.label(), values),
                            Map.of(),
                            used,
                            fields.takesLabels(),
                            enriched.identity())
                    : IssueDraft.impossible(item, problems);
        }

        private String text(Optional<IssueFields.Template> own, @Nullable Object ofFile) {
            if (own.isPresent()) {
                return text(own.get());
            }
            if (ofFile instanceof Unrendered failed) {
                problems.put(failed.file(), "the template file cannot be rendered: " + failed.reason());
                return "";
            }
            return Objects.toString(ofFile, "");
        }

        private String text(IssueFields.Template template) {
            boolean other = !template.otherwise().isBlank();
            String why = "the template gives nothing";
            try {
                String text = render(template.source(), template.rawMarkup());
                if (!other || !text.isBlank()) {
                    return text;
                }
            } catch (TemplateException wrong) {
                why = "the template cannot be rendered: " + wrong.getMessage();
                if (!other) {
                    problems.put(template.field(), why);
                    return "";
                }
            }
            used.add(new UsedValue(template.field(), Source.VALUE, why));
            return text(new IssueFields.Template(template.field(), template.otherwise(), template.rawMarkup(), ""));
        }

        private String render(String source, boolean rawMarkup) {
            return screen.tried()
                    ? texts.tryOut(source, enriched.model(), rawMarkup)
                    : texts.render(source, enriched.model(), rawMarkup);
        }
    }
}
