package io.allo.io.store;

/** Records for tests. */
final class CdrRows {
    private CdrRows() {}

    /** 12 seconds, 9 of them answered; began 2026-03-01 11:22:33 UTC. */
    static CdrRow answered(String uniqueId) {
        return new CdrRow(
                "sales",
                "101",
                "102",
                "office",
                "\"Alice\" <101>",
                "PJSIP/101-00000001",
                "PJSIP/102-00000002",
                "Dial",
                "PJSIP/102,20",
                1_772_364_153_000L,
                1_772_364_156_000L,
                1_772_364_165_000L,
                12,
                9,
                "ANSWERED",
                "DOCUMENTATION",
                uniqueId,
                "note",
                "l1",
                "",
                7);
    }
}
