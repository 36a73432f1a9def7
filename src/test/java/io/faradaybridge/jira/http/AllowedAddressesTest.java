package io.faradaybridge.jira.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Jira may be. */
class AllowedAddressesTest {

    private static final AllowedAddresses NOTHING_PRIVATE = new AllowedAddresses(List.of());
    private static final AllowedAddresses EVERYTHING_PRIVATE = new AllowedAddresses(List.of("0.0.0.0/0", "::/0"));

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "169.254.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "febf::1",
                "fe80::1%1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "ff02::1",
                // one of the above in the clothes of IPv6
                "::ffff:169.254.169.254",
                "::169.254.169.254",
                "::ffff:0:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::169.254.169.254",
                "2002:a9fe:a9fe::1",
                "2001:db8::5efe:169.254.169.254",
                "2001:db8::200:5efe:169.254.169.254",
                "2001:0:53aa:64c:1::5601:5601"
            })
    void never_there_whatever_is_allowed(String text) throws UnknownHostException {
        assertThat(EVERYTHING_PRIVATE.whyNot(address(text))).contains("cannot be at", "whatever");
        assertThat(NOTHING_PRIVATE.whyNot(address(text))).contains("cannot be at");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "198.18.0.1",
                "::1",
                "fc00::1",
                "fd12:3456::1",
                "fec0::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::ffff:0:127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::8.8.8.8",
                "2002:0a00:0001::1",
                "2002:7f00:0001::",
                "2001:db8::5efe:192.168.1.1"
            })
    void only_there_where_allowed(String text) throws UnknownHostException {
        assertThat(NOTHING_PRIVATE.whyNot(address(text))).contains("bridge.jira.allowed-networks");
        assertThat(EVERYTHING_PRIVATE.whyNot(address(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "126.255.255.255",
                "128.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "192.169.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "169.253.255.255",
                "169.255.0.1",
                "223.255.255.255",
                "2600:1901::1",
                "2a05:d014::1",
                "64:ff9b::1.1.1.1",
                "2002:0101:0101::1"
            })
    void anywhere_else_without_asking(String text) throws UnknownHostException {
        assertThat(NOTHING_PRIVATE.whyNot(address(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16,      10.1.2.3,          true",
        "10.1.0.0/16,      10.2.0.1,          false",
        "10.1.2.128/25,    10.1.2.200,        true",
        "10.1.2.128/25,    10.1.2.127,        false",
        "10.1.2.3,         10.1.2.3,          true",
        "10.1.2.3,         10.1.2.4,          false",
        "10.0.0.0/8,       ::ffff:10.1.2.3,   true",
        "10.0.0.0/8,       64:ff9b::10.1.2.3, true",
        "64:ff9b::/96,     64:ff9b::10.1.2.3, true",
        "10.0.0.0/8,       fd00::1,           false",
        "fd00::/8,         fd00::1,           true",
        "::1/128,          ::1,               true",
        "::1/128,          127.0.0.1,         false",
        "127.0.0.0/8,      ::1,               false"
    })
    void a_network_allows_what_is_in_it(String network, String text, boolean allowed) throws UnknownHostException {
        assertThat(new AllowedAddresses(List.of(network)).whyNot(address(text)).isEmpty())
                .isEqualTo(allowed);
    }

    @Test
    void the_reason_can_be_copied_into_the_setting() throws UnknownHostException {
        assertThat(NOTHING_PRIVATE.whyNot(address("10.1.2.3")))
                .endsWith("name the network in bridge.jira.allowed-networks, such as 10.1.2.3/32");
        assertThat(NOTHING_PRIVATE.whyNot(address("fd00::1")))
                .endsWith("bridge.jira.allowed-networks, such as fd00:0:0:0:0:0:0:1/128");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/-1", "10.0.0.0/x", "fe80::1%1", "/8"
            })
    void what_is_no_network_is_named(String text) {
        assertThatThrownBy(() -> new AllowedAddresses(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bridge.jira.allowed-networks holds '" + text + "'");
    }
}
