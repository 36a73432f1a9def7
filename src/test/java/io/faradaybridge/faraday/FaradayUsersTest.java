package io.faradaybridge.faraday;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.sandbox.SampleFaraday;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.crypto.bcrypt.BCrypt;

class FaradayUsersTest {

    private static final List<Integer> EVERYWHERE = List.of(1, 2, 3, 4, 5, 6);

    private static FaradayWorld world;
    private static FaradayUsers users;

    @BeforeAll
    static void open() {
        world = FaradayWorld.sample();
        users = world.bean(FaradayUsers.class);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"faraday", "assetowner", "pentester", "client", "former", "outsider", "twofactor"})
    void the_password_of_a_sample_user_is_the_username(String username) {
        assertThat(users.byUsername(username))
                .hasValueSatisfying(user -> assertThat(BCrypt.checkpw(username, user.passwordHash()))
                        .isTrue());
    }

    @Test
    void returns_how_an_account_signs_in() {
        assertThat(users.byUsername("directory")).hasValueSatisfying(user -> {
            assertThat(user.passwordHash()).isNull();
            assertThat(user.userType()).isEqualTo("ldap");
        });
        assertThat(users.byUsername("twofactor"))
                .hasValueSatisfying(user -> assertThat(user.secondFactor()).isTrue());
        assertThat(users.byUsername("former"))
                .hasValueSatisfying(user -> assertThat(user.active()).isFalse());
        assertThat(users.byUsername("nobody")).isEmpty();
    }

    @Test
    void an_account_of_an_older_faraday_is_local_and_has_no_second_factor() {
        try (FaradayWorld older = FaradayWorld.sampleWith(
                "ALTER TABLE faraday_user DROP COLUMN user_type, DROP COLUMN state_otp, DROP COLUMN fs_uniquifier")) {
            assertThat(older.bean(FaradayUsers.class).byUsername("faraday")).hasValueSatisfying(user -> {
                assertThat(user.passwordAlone()).isTrue();
                assertThat(user.uniquifier()).isEmpty();
            });
        }
    }

    @Test
    void a_user_in_a_log_line_shows_no_hash() {
        assertThat(users.byUsername("faraday").orElseThrow().toString()).isEqualTo("faraday (1)");
    }

    @ParameterizedTest
    @CsvSource({
        "1, jira:create, true",
        "1, jira:delete, true",
        "1, integrations_auth:create, true",
        "2, jira:read, false",
        "2, vulnerabilities:update, true",
        "2, vulnerabilities:create, false",
        "3, jira:create, true",
        "3, jira:delete, false",
        "3, integrations_auth:read, false",
        "4, vulnerabilities:read, true",
        "4, vulnerabilities:update, false",
        "4, user_tokens:create, true",
        "5, vulnerabilities:read, false",
        "4711, vulnerabilities:read, false"
    })
    void allows_what_faraday_allows_the_users_role(int userId, String permission, boolean allowed) {
        assertThat(users.permissions(userId).contains(permission)).isEqualTo(allowed);
    }

    @Test
    void a_role_made_by_hand_counts_beside_the_users_other_role() {
        try (FaradayWorld customised = FaradayWorld.sampleWith("""
                        WITH triage AS (INSERT INTO faraday_role (name, weight, custom) VALUES ('triage', 50, true) RETURNING id),
                        given AS (INSERT INTO roles_users SELECT 4, id FROM triage)
                        INSERT INTO role_permission (unit_action_id, role_id, allowed)
                        SELECT a.id, triage.id, true FROM triage, permissions_unit_action a
                          JOIN permissions_unit u ON u.id = a.permissions_unit_id
                         WHERE u.name = 'vulnerabilities' AND a.action_type = 'update'""")) {
            assertThat(customised.bean(FaradayUsers.class).permissions(SampleFaraday.CLIENT))
                    .contains("vulnerabilities:update", "vulnerabilities:read");
        }
    }

    @Test
    void members_enter_their_workspaces_administrators_all_and_everybody_the_public_one() {
        Map<Integer, Set<Integer>> enterable = List.of(1, 2, 3, 4, 5, 6).stream()
                .collect(Collectors.toMap(user -> user, user -> users.enterable(user, EVERYWHERE)));

        assertThat(enterable)
                .containsEntry(SampleFaraday.ADMIN, Set.of(1, 2, 3, 4, 5, 6))
                .containsEntry(SampleFaraday.ASSET_OWNER, Set.of(1, 3, 6))
                .containsEntry(SampleFaraday.PENTESTER, Set.of(1, 2, 3, 4, 5, 6))
                .containsEntry(SampleFaraday.CLIENT, Set.of(1, 6))
                .containsEntry(SampleFaraday.FORMER, Set.of())
                .containsEntry(SampleFaraday.OUTSIDER, Set.of(6));
        assertThat(users.mayEnter(SampleFaraday.CLIENT, SampleFaraday.ACME_EXTERNAL))
                .isTrue();
        assertThat(users.mayEnter(SampleFaraday.CLIENT, SampleFaraday.ACME_INTERNAL))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void an_older_faraday_without_permission_tables_allows_the_built_in_roles_the_same(int userId) {
        Set<String> ofOurs = users.permissions(userId).stream()
                .filter(permission -> permission.matches(
                        "(jira|active_integrations|integrations_auth|vulnerabilities|user_tokens):.*"))
                .collect(Collectors.toSet());

        try (FaradayWorld older = FaradayWorld.sampleWith(
                "DROP TABLE role_permission, permissions_unit_action, permissions_unit, permissions_group")) {
            assertThat(older.bean(FaradayUsers.class).permissions(userId)).isEqualTo(ofOurs);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ANALYZE",
                "DROP TABLE role_permission, permissions_unit_action, permissions_unit, permissions_group",
                "DROP TABLE workspace_permission_association"
            })
    void who_may_change_a_workspace_is_the_same_rule_within_a_statement(String older) {
        try (FaradayWorld faraday = FaradayWorld.sampleWith(older)) {
            FaradayUsers each = faraday.bean(FaradayUsers.class);
            String condition = faraday.bean(ChangeRights.class).condition();
            for (int user = SampleFaraday.ADMIN; user <= SampleFaraday.TWO_FACTOR; user++) {
                for (int workspace : EVERYWHERE) {
                    assertThat(faraday.sql()
                                    .sql("WITH caller AS (SELECT :user::integer AS user_id), target AS"
                                            + " (SELECT :workspace::integer AS workspace_id) SELECT " + condition
                                            + " FROM caller, target")
                                    .param("user", user)
                                    .param("workspace", workspace)
                                    .query(Boolean.class)
                                    .single())
                            .as("user %d in workspace %d", user, workspace)
                            .isEqualTo(each.permissions(user).contains("vulnerabilities:update")
                                    && each.mayEnter(user, workspace));
                }
            }
        }
    }

    @Test
    void an_older_faraday_without_account_types_still_signs_its_users_in() {
        try (FaradayWorld older = FaradayWorld.sampleWith(
                "ALTER TABLE faraday_user DROP user_type, DROP state_otp; DROP TABLE workspace_permission_association")) {
            FaradayUsers usersOfOlder = older.bean(FaradayUsers.class);

            assertThat(usersOfOlder.byUsername("pentester"))
                    .hasValueSatisfying(user -> assertThat(user.userType()).isEqualTo("local"));
            assertThat(usersOfOlder.enterable(SampleFaraday.PENTESTER, EVERYWHERE))
                    .containsExactly(6);
        }
    }

    @Test
    void the_usual_cost_of_a_hash_is_what_most_passwords_have() {
        assertThat(users.usualHashCost()).isEqualTo(6);
        try (FaradayWorld empty = FaradayWorld.sampleWith("UPDATE faraday_user SET password = NULL")) {
            assertThat(empty.bean(FaradayUsers.class).usualHashCost()).isEqualTo(12);
        }
        try (FaradayWorld odd = FaradayWorld.sampleWith("""
                UPDATE faraday_user SET password = replace(password, '$06$', '$10$') WHERE id > 2;
                UPDATE faraday_user SET password = 'no hash' WHERE id = 3""")) {
            assertThat(odd.bean(FaradayUsers.class).usualHashCost()).isEqualTo(10);
        }
    }

    @Test
    void a_user_sees_the_affairs_of_their_workspaces_an_administrator_everything() {
        assertThat(users.reach(SampleFaraday.ADMIN)).isEqualTo(new Visibility(true, true, Set.of()));
        assertThat(users.reach(SampleFaraday.PENTESTER))
                .isEqualTo(new Visibility(false, true, Set.of(1, 2, 3, 4, 5, 6)));
        assertThat(users.reach(SampleFaraday.CLIENT)).isEqualTo(new Visibility(false, false, Set.of(1, 6)));
        assertThat(users.reach(SampleFaraday.FORMER)).isEqualTo(new Visibility(false, false, Set.of()));
    }
}
