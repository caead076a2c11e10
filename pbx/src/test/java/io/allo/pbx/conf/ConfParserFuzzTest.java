package io.allo.pbx.conf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

/** No text makes the parser or the reader of sections throw, hang or exceed its limits. */
class ConfParserFuzzTest {
    @FuzzTest(maxDuration = "25s")
    void anyTextIsParsed(FuzzedDataProvider data) {
        String included = data.consumeString(200);
        String text = data.consumeRemainingAsString();
        var parser = new ConfParser(ConfSource.of(Map.of("a.conf", text, "b.conf", included)));
        ConfFile file = parser.parse("a.conf");
        assertTrue(file.problems().size() <= ConfParser.MAX_PROBLEMS);
        for (ConfSection section : file.everySection()) {
            assertTrue(!section.name().isEmpty());
            var reader = new SectionReader(section, problem -> assertTrue(problem.line() > 0));
            reader.yesNo("a", true);
            reader.integer("b", 0, 0, 10);
            reader.finish();
        }
    }
}
