package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaradayPagesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://f.example/#/{workspace}/vulns/{id}  | https://f.example/favicon.ico
                    https://f.example/app/#/vulns/{id}          | https://f.example/app/favicon.ico
                    https://f.example:5985/{workspace}/{id}     | https://f.example:5985/favicon.ico
                    http://f.example/vulns?id={id}              | http://f.example/favicon.ico
                    https://f.example                           | https://f.example/favicon.ico
                    https://f.example#/{id}                     | https://f.example/favicon.ico
                    f.example/{id}                              | ''
                    ''                                          | ''
                    """)
    void the_icon_is_that_of_the_site_which_shows_the_pages(String address, String icon) {
        FaradayPages pages = new FaradayPages(address);

        assertThat(pages.icon()).isEqualTo(icon);
        assertThat(pages.linkable()).isEqualTo(!icon.isEmpty());
    }
}
