package io.faradaybridge.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryReturnTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MEGABYTE = 1024 * 1024;

    private final MemoryReturn memory = new MemoryReturn(0, 0);

    @Test
    void after_the_start_once_the_process_is_idle() {
        assertThat(memory.isDue(15 * SECOND, 15 * SECOND, 250 * MEGABYTE)).isFalse();
        assertThat(memory.isDue(16 * SECOND, 30 * SECOND, 250 * MEGABYTE)).isTrue();
    }

    @Test
    void not_again_while_the_heap_stays_as_it_was_left() {
        memory.isDue(SECOND, 30 * SECOND, 250 * MEGABYTE);
        memory.returned(100 * MEGABYTE);

        assertThat(memory.isDue(SECOND, 45 * SECOND, 110 * MEGABYTE)).isFalse();
    }

    @Test
    void again_after_the_work_that_made_the_heap_grow() {
        memory.returned(100 * MEGABYTE);

        assertThat(memory.isDue(14 * SECOND, 15 * SECOND, 900 * MEGABYTE)).isFalse();
        assertThat(memory.isDue(15 * SECOND, 30 * SECOND, 900 * MEGABYTE)).isTrue();
    }
}
