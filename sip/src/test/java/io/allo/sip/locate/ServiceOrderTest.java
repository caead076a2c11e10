package io.allo.sip.locate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.allo.core.random.RandomSource;
import io.allo.sip.locate.DnsRecord.Srv;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceOrderTest {
    @Test
    void prioritiesNeverMix() {
        var records = List.<DnsRecord>of(
                new Srv(2, 100, 1, "c"), new Srv(1, 0, 1, "a"), new Srv(2, 0, 1, "d"), new Srv(1, 100, 1, "b"));
        var random = RandomSource.seeded(1);
        for (int i = 0; i < 1_000; i++) {
            List<Srv> ordered = ServiceOrder.srv(records, random);
            assertEquals(
                    List.of(1, 1, 2, 2), ordered.stream().map(Srv::priority).toList());
            assertEquals(4, ordered.stream().map(Srv::target).distinct().count());
        }
    }

    /** RFC 2782: the chance to be first is in proportion to the weight. */
    @Test
    void firstIsDrawnByWeight() {
        var records = List.<DnsRecord>of(
                new Srv(1, 60, 1, "sixty"),
                new Srv(1, 30, 1, "thirty"),
                new Srv(1, 10, 1, "ten"),
                new Srv(1, 0, 1, "none"));
        var random = RandomSource.seeded(7);
        var first = new HashMap<String, Integer>();
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            first.merge(ServiceOrder.srv(records, random).get(0).target(), 1, Integer::sum);
        }
        assertEquals(0.60, first.get("sixty") / (double) draws, 0.01);
        assertEquals(0.30, first.get("thirty") / (double) draws, 0.01);
        assertEquals(0.10, first.get("ten") / (double) draws, 0.01);
        assertTrue(first.get("none") > 0, "weight 0 has a small chance");
        assertTrue(first.get("none") < draws * 0.02);
    }

    @Test
    void nothingInNothingOut() {
        assertEquals(List.of(), ServiceOrder.srv(List.of(), RandomSource.seeded(1)));
        assertEquals(List.of(), ServiceOrder.naptr(List.of(new Srv(1, 1, 1, "x"))));
    }
}
