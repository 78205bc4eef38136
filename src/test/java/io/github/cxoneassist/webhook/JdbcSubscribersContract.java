package io.github.cxoneassist.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariDataSource;
import io.github.cxoneassist.journal.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscribers in one kind of database. */
abstract class JdbcSubscribersContract {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final String NEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Subscriber KB = new Subscriber(
            "kb",
            SubscriberRules.url("https://kb.example.com/hook?token=hush", true),
            Set.of("accepted", "expired"),
            List.of(Events.SECRET),
            Map.of("X-Tenant", "blue", "Authorization", "Bearer hush"),
            true,
            true,
            7);

    private TestDatabase testDatabase;
    private HikariDataSource database;

    abstract TestDatabase newDatabase();

    @BeforeEach
    void openDatabase() {
        testDatabase = newDatabase();
        database = testDatabase.open();
    }

    @AfterEach
    void close() {
        database.close();
        testDatabase.close();
    }

    @Test
    void whatIsAddedIsThereForOthersWhoLook() {
        assertThat(at(NOW).add(KB)).isTrue();
        assertThat(at(NOW).add(crm())).isTrue();

        assertThat(at(NOW).subscribers()).containsExactly(crm(), KB);
    }

    @Test
    void aNameIsTakenOnce() {
        at(NOW).add(KB);

        assertThat(at(NOW).add(Subscriber.of("kb", crm().target(), NEXT))).isFalse();
        assertThat(at(NOW).subscribers()).containsExactly(KB);
    }

    @Test
    void oneIsPausedAndGoesOn() {
        at(NOW).add(crm());

        assertThat(at(NOW).pause("crm", true)).isTrue();
        assertThat(at(NOW).subscribers().get(0).paused()).isTrue();
        assertThat(at(NOW).pause("crm", false)).isTrue();
        assertThat(at(NOW).subscribers()).containsExactly(crm());
        assertThat(at(NOW).pause("nobody", true)).isFalse();
    }

    @Test
    void aSecretThatWasReplacedSignsUntilItsTimeIsOver() {
        at(NOW).add(crm());
        Instant until = NOW.plusSeconds(60);

        assertThat(at(NOW).rotate("crm", Events.SECRET, NEXT, Optional.of(until)))
                .isTrue();

        assertThat(at(until.minusMillis(1)).stored().get(0).oldSecretUntil()).contains(until);
        assertThat(at(until.minusMillis(1)).subscribers().get(0).secrets()).containsExactly(NEXT, Events.SECRET);
        assertThat(at(until).stored().get(0).oldSecretUntil()).isEmpty();
        assertThat(at(until).subscribers().get(0).secrets()).containsExactly(NEXT);
    }

    @Test
    void aSecretMayEndAtOnce() {
        at(NOW).add(crm());

        at(NOW).rotate("crm", Events.SECRET, NEXT, Optional.empty());

        assertThat(at(NOW).subscribers().get(0).secrets()).containsExactly(NEXT);
    }

    @Test
    void theNextChangeRemovesASecretWhoseTimeIsOver() throws Exception {
        at(NOW).add(crm());
        Instant until = NOW.plusSeconds(60);
        at(NOW).rotate("crm", Events.SECRET, NEXT, Optional.of(until));

        at(until.minusMillis(1)).add(KB);
        assertThat(oldSecrets()).containsExactly(Events.SECRET);
        at(until).pause("kb", false);

        assertThat(oldSecrets()).isEmpty();
        assertThat(at(until).subscribers().get(0).secrets()).containsExactly(NEXT);
    }

    @Test
    void aStartRemovesASecretWhoseTimeIsOver() throws Exception {
        at(NOW).add(crm());
        Instant until = NOW.plusSeconds(60);
        at(NOW).rotate("crm", Events.SECRET, NEXT, Optional.of(until));

        at(until.minusMillis(1)).forgetOldSecrets();
        assertThat(oldSecrets()).containsExactly(Events.SECRET);
        at(until).forgetOldSecrets();

        assertThat(oldSecrets()).isEmpty();
    }

    @Test
    void ofTwoThatReplaceASecretAtOnceOneDoes() {
        at(NOW).add(crm());

        assertThat(at(NOW).rotate("crm", Events.SECRET, NEXT, Optional.empty())).isTrue();
        assertThat(at(NOW).rotate("crm", Events.SECRET, Events.SECRET, Optional.empty()))
                .isFalse();
    }

    @Test
    void oneThatIsRemovedLeavesNothingAndNobodyElseLosesAnything() throws Exception {
        at(NOW).add(KB);
        at(NOW).add(crm());
        for (String name : List.of("kb", "crm")) {
            new JdbcDeliveryStore(database, "node-1").begin(name, 7);
            testDatabase.tamper(
                    "INSERT INTO webhook_retry VALUES ('" + name + "', 'node-1', 5, 'i', 1, NULL, '2026', 'x')");
            testDatabase.tamper(
                    "INSERT INTO webhook_dead VALUES ('" + name + "', 'node-1', 6, 'i', 'accepted', 1, 'x', '2026')");
            testDatabase.tamper(
                    "INSERT INTO webhook_subscriber_state VALUES ('" + name + "', 'disabled', '410', '2026')");
        }

        assertThat(at(NOW).remove("kb", true)).isTrue();
        assertThat(at(NOW).remove("kb", true)).isFalse();

        assertThat(at(NOW).subscribers()).containsExactly(crm());
        assertThat(new JdbcDeliveryStore(database, "node-1").cursor("kb")).isEmpty();
        assertThat(new JdbcDeliveryStore(database, "node-1").cursor("crm")).hasValue(7);
        assertThat(at(NOW).disabled()).containsOnlyKeys("crm");
        for (String table : List.of("webhook_retry", "webhook_dead")) {
            assertThat(subscribersIn(table)).containsExactly("crm");
        }
    }

    @Test
    void oneThatSaidThatItIsGoneIsEnabledAgain() {
        testDatabase.tamper(
                "INSERT INTO webhook_subscriber_state VALUES ('kb', 'disabled', 'HTTP status 410', '2026')");
        assertThat(at(NOW).disabled()).isEqualTo(Map.of("kb", "HTTP status 410"));

        assertThat(at(NOW).enable("kb")).isTrue();
        assertThat(at(NOW).enable("kb")).isFalse();

        assertThat(at(NOW).disabled()).isEmpty();
    }

    @Test
    void aDamagedRowHoldsUpNoOther() {
        at(NOW).add(KB);
        at(NOW).add(crm());
        testDatabase.tamper("UPDATE webhook_subscriber SET url = 'http://10.0.0.1/' WHERE name = 'kb'");

        assertThat(at(NOW).subscribers()).containsExactly(crm());
    }

    @Test
    void aDatabaseThatFailsIsSaidWithoutWhatIsSecret() {
        testDatabase.tamper("DROP TABLE webhook_subscriber");

        assertThatExceptionOfType(SubscriberStoreException.class)
                .isThrownBy(() -> at(NOW).subscribers())
                .withMessageStartingWith("The webhook subscribers cannot be read: ")
                .withCauseInstanceOf(SQLException.class);
        assertThatExceptionOfType(SubscriberStoreException.class)
                .isThrownBy(() -> at(NOW).add(KB))
                .withMessageStartingWith("The webhook subscriber could not be added: ")
                .withMessageNotContainingAny("hush", Events.SECRET);
    }

    @Test
    void aNameInTheSettingsAndInTheDatabaseIsToldAtTheStart() {
        at(NOW).add(crm());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstalledSubscribers(List.of(crm()), at(NOW)).requireUniqueNames())
                .withMessage(
                        "the webhook subscriber crm stands in the settings (cxone.webhook.subscribers.crm) and in the"
                                + " database: give one of them another name, or remove the latter with cxone-assist webhooks remove"
                                + " crm");
    }

    @Test
    void oneThatTakesANameOfTheSettingsLaterIsLeftOut() {
        InstalledSubscribers all = new InstalledSubscribers(List.of(KB), at(NOW));
        all.requireUniqueNames();

        at(NOW).add(Subscriber.of("kb", crm().target(), NEXT));
        at(NOW).add(crm());

        assertThat(all.subscribers()).containsExactly(KB, crm());
    }

    private List<String> subscribersIn(String table) throws SQLException {
        return texts("SELECT subscriber FROM " + table);
    }

    private List<String> oldSecrets() throws SQLException {
        return texts("SELECT old_secret FROM webhook_subscriber WHERE old_secret IS NOT NULL OR old_until IS NOT NULL");
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = testDatabase.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static Subscriber crm() {
        return Subscriber.of("crm", SubscriberRules.url("https://crm.example.com/", true), Events.SECRET);
    }

    private JdbcSubscribers at(Instant now) {
        return new JdbcSubscribers(
                database, Set.of("accepted", "dismissed", "expired"), Clock.fixed(now, ZoneOffset.UTC));
    }
}
