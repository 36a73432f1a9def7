package io.faradaybridge.jinja2;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jinja2.filters.Filters;
import io.faradaybridge.jinja2.filters.Tests;
import io.faradaybridge.jinja2.runtime.Library;
import io.faradaybridge.jinja2.text.Failure;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Python's Jinja2 made of hundreds of templates, byte for byte. */
class CorpusTest {

    private static final List<Corpus.Case> CASES = Corpus.cases();
    private static final Library LIBRARY = Environment.DEFAULT.library();

    @Test
    void gives_what_python_gives_but_for_listed_differences() {
        List<String> different = CASES.stream()
                .filter(each -> !Outcome.of(each.template(), each.data()).equals(each.python()))
                .map(Corpus.Case::name)
                .toList();

        assertThat(CASES).hasSizeGreaterThanOrEqualTo(400);
        assertThat(different)
                .containsExactlyInAnyOrderElementsOf(Corpus.knownDifferences().keySet());
        assertThat(different.size() * 100).isLessThanOrEqualTo(CASES.size());
    }

    /** So that the corpus would notice if any of them stopped working. */
    @Test
    void fails_somewhere_without_any_one_of_the_filters() {
        List<String> unnoticed = Filters.BUILT_IN.keySet().stream()
                .filter(name -> isUnnoticed(
                        name,
                        Environment.DEFAULT.with(LIBRARY.withFilter(name, (context, value, arguments) -> "broken"))))
                .toList();

        assertThat(unnoticed).isEmpty();
    }

    @Test
    void fails_somewhere_without_any_one_of_the_tests() {
        List<String> unnoticed = Tests.BUILT_IN.keySet().stream()
                .filter(name -> isUnnoticed(
                        name, Environment.DEFAULT.with(LIBRARY.withTest(name, (context, value, arguments) -> {
                            throw Failure.type("broken");
                        }))))
                .toList();

        assertThat(unnoticed).isEmpty();
    }

    private static boolean isUnnoticed(String name, Environment without) {
        Set<String> listed = Corpus.knownDifferences().keySet();
        return CASES.stream()
                .filter(each -> each.template().contains(name) && !listed.contains(each.name()))
                .allMatch(each ->
                        Outcome.of(each.template(), each.data(), without).equals(each.python()));
    }

    @Test
    void knows_every_filter_and_test_of_jinja2() {
        Set<String> filters = names(
                "abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape"
                        + " format groupby indent int items join last length list lower map max min pprint random reject"
                        + " rejectattr replace reverse round safe select selectattr slice sort string striptags sum title"
                        + " tojson trim truncate unique upper urlencode urlize wordcount wordwrap xmlattr datetimeformat");
        Set<String> tests =
                names("!= < <= == > >= boolean callable defined divisibleby eq equalto escaped even false filter"
                        + " float ge greaterthan gt in integer iterable le lessthan lower lt mapping ne none number odd sameas"
                        + " sequence string test true undefined upper");

        assertThat(new TreeSet<>(Filters.BUILT_IN.keySet())).isEqualTo(filters);
        assertThat(new TreeSet<>(Tests.BUILT_IN.keySet())).isEqualTo(tests);
    }

    private static Set<String> names(String words) {
        return Stream.of(words.split(" ")).collect(Collectors.toCollection(TreeSet::new));
    }
}
