package nl.wijkhub.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final List<UUID> THREE = List.of(Identifier.next(), Identifier.next(), Identifier.next());

    @Test
    void the_last_that_is_shown_says_where_the_next_page_begins() {
        Page<UUID> page = Page.of(THREE, 2, id -> id);

        assertThat(page.items()).isEqualTo(THREE.subList(0, 2));
        assertThat(page.next()).isEqualTo(THREE.get(1));
    }

    @Test
    void a_page_that_holds_all_leads_to_none() {
        assertThat(Page.of(THREE, 3, id -> id).next()).isNull();
        assertThat(Page.of(THREE, 3, id -> id).items()).isEqualTo(THREE);
    }
}
