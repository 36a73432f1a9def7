package io.faradaybridge.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.jinja2.api.TemplateRenderException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateFiltersTest {

    private static String rendered(String template) {
        Map<String, @Nullable Object> data = new HashMap<>();
        data.put("date", "2026-11-22T14:39:00.123456+00:00");
        data.put("day", "2028-02-28");
        data.put("none", null);
        data.put("sla", "30");
        data.put("known", LocalDate.of(2026, 11, 22));
        data.put("moment", OffsetDateTime.parse("2026-11-22T14:39:05+01:00"));
        return new JinjaTexts(new TemplateSettings(Duration.ofSeconds(1))).render(template, data, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ date|plusdays(30) }};         2026-12-22T14:39:00.123456+00:00",
                "{{ date|plusdays(days=-22) }};   2026-10-31T14:39:00.123456+00:00",
                "{{ day|plusdays(1) }};           2028-02-29",
                "{{ day|plusdays(2.0) }};         2028-03-01",
                "{{ day|plusdays(sla) }};         2028-03-29",
                "{{ known|plusdays(9) }};         2026-12-01",
                "{{ (known|plusdays(9)).month }}; 12",
                "{{ moment|plusdays(1) }};        2026-11-23 14:39:05+01:00",
                "{{ date|plusdays(30)|datetimeformat('%d.%m.%Y') }}; 22.12.2026",
            })
    void a_date_moves_by_days_and_stays_as_it_is_written(String template, String text) {
        assertThat(rendered(template)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ none|plusdays(30) }}",
                "{{ missing|plusdays(30) }}",
                "{{ ''|plusdays(1) }}",
                "{{ day|plusdays(none) }}"
            })
    void no_date_gives_nothing(String template) {
        assertThat(rendered(template)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ 'soon'|plusdays(1) }};         not 'soon'",
                "{{ 7|plusdays(1) }};              not '7'",
                "{{ day|plusdays('a month') }};    not 'a month'",
                "{{ day|plusdays(99999) }};        at most 36500",
                "{{ day|plusdays(1.5) }};          a whole number of days",
                "{{ day|plusdays }};               takes a whole number of days",
                "{{ day|plusdays(1, 2) }};         takes a whole number of days",
            })
    void what_is_no_date_is_said(String template, String why) {
        assertThatThrownBy(() -> rendered(template))
                .isInstanceOf(TemplateRenderException.class)
                .hasMessageContaining(why);
    }
}
