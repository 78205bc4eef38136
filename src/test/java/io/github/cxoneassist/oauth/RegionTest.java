package io.github.cxoneassist.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionTest {

    @ParameterizedTest
    @CsvSource({
        "us, api.niceincontact.com",
        "EU, api.nicecxone.com",
        "api-au1.niceincontact.com, api-au1.niceincontact.com",
        "localhost:8443, localhost:8443",
        "Host.Example.COM, host.example.com"
    })
    void bothAddressesFollowTheRegion(String name, String host) {
        Region region = Region.of(name);

        assertThat(region.tokenUrl()).isEqualTo(URI.create("https://" + host + "/oauth2/token"));
        assertThat(region.webSocketUrl()).isEqualTo(URI.create("wss://" + host + "/ws/v1"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "https://api.example.com",
                "api.example.com/",
                "user@evil.com",
                "a b",
                "a..b",
                "-a.com",
                "a.com:0",
                "a.com:70000",
                "a.com:",
                "999.1.1.1",
                "évil.com",
                "a.com#x",
                "a.com?x",
                "a_b.com",
                "a.com."
            })
    void anythingElseIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Region.of(name));
    }

    @Property
    void aRegionNeverSendsATokenAnywhereButToItsHost(@ForAll String name) {
        try {
            Region region = Region.of(name);
            assertThat(region.tokenUrl().getAuthority()).isEqualTo(region.host());
            assertThat(region.tokenUrl().getHost()).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageStartingWith("Region must be");
        }
    }
}
