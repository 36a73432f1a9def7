package io.faradaybridge.jira.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.jira.PercentEncoding;
import io.faradaybridge.jira.client.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.oauth.OAuth;
import net.oauth.OAuthMessage;
import net.oauth.signature.OAuthSignatureMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSignatureTest {

    private static final RequestSignature WIKI = new RequestSignature(
            "dpf43f3p2l4k3l03", TestKeys.PAIR.getPrivate(), null, () -> "13917289812797014437", () -> 1196666512);

    @Example
    void signs_the_oauth_wikis_example() {
        URI photo = URI.create("http://photos.example.net/photos?file=vacaction.jpg&size=original");

        String header = WIKI.authorization("GET", photo, Map.of());

        assertThat(header)
                .isEqualTo("OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_nonce=\"13917289812797014437\","
                        + " oauth_signature=\""
                        + PercentEncoding.encode(
                                "jvTp/wX1TYtByB1m+Pbyo0lnCOLIsyGCH7wke8AUs3BpnwZJtAuEJkvQL2/9n4s5wUmUl4aCI4Bw"
                                        + "praNx4RtEXMe5qg5T1LVTGliMRpKasKsW//e+RinhejgCuzoH26dyF8iY2ZZ/5D1ilgeijhV/vBka5twt399m"
                                        + "XwaYdCwFYE=")
                        + "\", oauth_signature_method=\"RSA-SHA1\", oauth_timestamp=\"1196666512\","
                        + " oauth_version=\"1.0\"");
    }

    @Example
    void builds_the_base_string_of_the_oauth_wikis_example() {
        Map<String, String> protocol = Map.of(
                "oauth_consumer_key", "dpf43f3p2l4k3l03",
                "oauth_nonce", "13917289812797014437",
                "oauth_signature_method", "RSA-SHA1",
                "oauth_timestamp", "1196666512",
                "oauth_version", "1.0");

        assertThat(RequestSignature.baseString(
                        "get",
                        URI.create("http://photos.example.net/photos?file=vacaction.jpg&size=original"),
                        protocol))
                .isEqualTo("GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacaction.jpg%26oauth_consumer_key"
                        + "%3Ddpf43f3p2l4k3l03%26oauth_nonce%3D13917289812797014437%26oauth_signature_method%3D"
                        + "RSA-SHA1%26oauth_timestamp%3D1196666512%26oauth_version%3D1.0%26size%3Doriginal");
    }

    @Example
    void signs_and_sends_the_parameters_of_the_oauth_dance() {
        String header = WIKI.authorization(
                "POST",
                URI.create("https://jira.example.org/plugins/servlet/oauth/request-token"),
                Map.of("oauth_callback", "https://bridge.example.org/callback?state=a b"));

        assertThat(header)
                .startsWith("OAuth oauth_callback=\"https%3A%2F%2Fbridge.example.org%2Fcallback%3Fstate%3Da%20b\", ");
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '"',
            value = {
                "abcABC123,abcABC123",
                "-._~,-._~",
                "%,%25",
                "+,%2B",
                "*,%2A",
                "&=*,%26%3D%2A",
                "\"\n\",%0A",
                "\" \",%20",
                "\u007f,%7F",
                "\u0080,%C2%80",
                "\u3001,%E3%80%81",
                "😀,%F0%9F%98%80"
            })
    void encodes_as_oauth_wants_it(String text, String encoded) {
        assertThat(PercentEncoding.encode(text)).isEqualTo(encoded);
        assertThat(PercentEncoding.decodeForm(encoded)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "name, name=",
        "a=b, a=b",
        "a=b&c=d, a=b&c=d",
        "a=x!y&a=x+y, a=x%20y&a=x%21y",
        "x!y=a&x=a, x=a&x%21y=a",
        "c=hi%20there&a=2&f=50&a=1, a=1&a=2&c=hi%20there&f=50",
        "b=%2525&b=%25, b=%25&b=%2525",
        "q=100%&r=%zz, q=100%25&r=%25zz",
    })
    void normalises_the_query(String query, String normalised) {
        assertThat(RequestSignature.normalised(RequestSignature.queryParameters(query)))
                .isEqualTo(normalised);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.COM:80/r%20v/X, http://example.com/r%20v/X",
        "https://jira.example.com:443/jira/rest, https://jira.example.com/jira/rest",
        "https://jira.example.com:8443/jira, https://jira.example.com:8443/jira",
        "http://jira.example.com:443, http://jira.example.com:443/",
        "https://example.com, https://example.com/"
    })
    void names_the_resource_without_default_port(String uri, String base) {
        assertThat(RequestSignature.baseUri(URI.create(uri))).isEqualTo(base);
    }

    @Property(tries = 500)
    void builds_the_base_string_that_jiras_own_oauth_library_builds(@ForAll("addresses") String url) throws Exception {
        Map<String, String> protocol =
                Map.of("oauth_consumer_key", "k e/y", "oauth_nonce", "n+1", "oauth_token", "t=1~*");

        String ours = RequestSignature.baseString("GET", URI.create(url), protocol);

        assertThat(ours)
                .isEqualTo(OAuthSignatureMethod.getBaseString(new OAuthMessage("GET", url, protocol.entrySet())));
    }

    @Property(tries = 500)
    void reads_back_what_it_encodes(@ForAll("texts") String text) throws Exception {
        assertThat(OAuth.decodePercent(PercentEncoding.encode(text))).isEqualTo(text);
        assertThat(java.net.URLDecoder.decode(PercentEncoding.encode(text), StandardCharsets.UTF_8))
                .isEqualTo(text);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab+*~ %&=/?#'!()\"\n\u0080é漢").ofMaxLength(12),
                Arbitraries.of("😀", "", "a=b&c", "%41", "+"));
    }

    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<String> origin = Arbitraries.of(
                "http://jira.example.org",
                "https://JIRA.example.org:443",
                "https://jira.example.org:8443",
                "http://10.1.2.3:80");
        Arbitrary<String> path = Arbitraries.of("/", "/jira/rest/api/2/search", "/a%20b/%C3%A9", "/a~b*c/");
        Arbitrary<List<String>> query = Combinators.combine(texts(), texts())
                .as((name, value) -> PercentEncoding.encode(name) + "=" + PercentEncoding.encode(value))
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
        return Combinators.combine(origin, path, query)
                .as((o, p, q) -> o + p + "?" + q.stream().collect(Collectors.joining("&")));
    }
}
