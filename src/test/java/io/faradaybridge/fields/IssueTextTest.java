package io.faradaybridge.fields;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.template.JinjaTexts;
import io.faradaybridge.template.JiraMarkup;
import io.faradaybridge.template.ScannerTexts;
import io.faradaybridge.template.TemplateSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssueTextTest {

    private static final int TEXTS = Integer.getInteger("markup.texts", 5_000) / 100;

    private final JinjaTexts texts = new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1)));

    @Test
    @Tag("rounds")
    void a_text_that_was_cut_stays_harmless_wherever_the_cut_falls() {
        ScannerTexts scanner = new ScannerTexts(4);
        for (int i = 0; i < TEXTS; i++) {
            Map<String, String> data = Map.of("x", scanner.next(6_000), "y", scanner.next(2_500));
            String rendered = texts.render(
                    "{{ x }}{noformat}{{ y }}{noformat}{code:java}{{ x }}{code}{{ y }}{noformat}{{ x }}{noformat}",
                    data,
                    false);

            String description = IssueText.description("a".repeat(i % 200) + rendered);

            assertThat(description.length()).isLessThanOrEqualTo(IssueText.DESCRIPTION);
            assertThat(JiraMarkup.of(description).effects()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\{noformat\\}", "{{noformat}", "{noformat}}{code}}", "{noformat\n}"})
    void what_is_no_tag_to_jira_does_not_count_when_the_cut_is_made(String none) {
        String text = none + "{noformat}\n" + "[~admin]".repeat(5_000) + "\n{noformat}";

        String description = IssueText.description(text);

        assertThat(description).endsWith("…\n{noformat}").hasSizeLessThanOrEqualTo(IssueText.DESCRIPTION);
        assertThat(JiraMarkup.of(description).effects()).isEmpty();
    }
}
