package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.dialplan.run.DialplanRunner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** CDR and CDR_PROP: the record of the channel as it is so far. Any thread; holds nothing of a call. */
final class CdrFunctions {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Fields that say what happened, so that the dialplan can't set them. */
    private static final Set<String> FACTS = Set.of(
            "clid",
            "src",
            "dst",
            "dcontext",
            "channel",
            "dstchannel",
            "lastapp",
            "lastdata",
            "start",
            "answer",
            "end",
            "duration",
            "billsec",
            "disposition",
            "uniqueid",
            "linkedid",
            "sequence");

    private final DialplanRunner runner;
    private final RecordFields fields = new RecordFields();

    CdrFunctions(DialplanRunner runner) {
        this.runner = runner;
    }

    void register(FunctionTable table) {
        table.settable("CDR", this::read, this::write);
        table.writable("CDR_PROP", this::property);
    }

    private String read(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var options = arguments.get(1);
        var unparsed = options.indexOf('u') >= 0;
        var fraction = options.indexOf('f') >= 0;
        var field = arguments.get(0).strip().toLowerCase(Locale.ROOT);
        var facts = CdrFacts.of(call);
        return switch (field) {
            case "clid" -> facts.clid();
            case "src" -> facts.source();
            case "dst" -> facts.destination();
            case "dcontext" -> facts.context();
            case "channel" -> call.channel().name();
            case "dstchannel" -> facts.destinationChannel();
            case "lastapp" -> facts.lastApplication();
            case "lastdata" -> facts.lastData();
            case "start" -> time(facts.startMillis(), unparsed);
            case "answer" -> time(facts.answerMillis(), unparsed);
            case "end" -> time(facts.endMillis(), unparsed);
            case "duration" -> seconds(facts.durationMillis(), fraction);
            case "billsec" -> seconds(facts.billedMillis(), fraction);
            case "disposition" -> unparsed ? facts.dispositionNumber() : facts.disposition();
            case "amaflags" -> amaFlags(fields.value(call.channel(), field, "DOCUMENTATION"), unparsed);
            case "accountcode" -> call.channel().accountCode();
            case "uniqueid" -> call.channel().uniqueId();
            case "linkedid" -> call.log().linkedId();
            case "sequence" -> "0";
            default -> fields.value(call.channel(), field, "");
        };
    }

    private static String amaFlags(String word, boolean number) {
        if (!number) {
            return word;
        }
        return switch (word) {
            case "OMIT" -> "1";
            case "BILLING" -> "2";
            default -> "3";
        };
    }

    private String time(long millis, boolean unparsed) {
        if (unparsed) {
            return "%d.%03d000".formatted(millis / 1000, millis % 1000);
        }
        return millis == 0
                ? ""
                : TIME.format(Instant.ofEpochMilli(millis).atZone(runner.now().getZone()));
    }

    private static String seconds(long millis, boolean fraction) {
        return fraction ? BigDecimal.valueOf(millis, 3).setScale(6).toPlainString() : String.valueOf(millis / 1000);
    }

    private void write(Call call, String data, String value) {
        var field = Arguments.of(data, 2).get(0).strip().toLowerCase(Locale.ROOT);
        if (field.isEmpty()) {
            throw new DialplanException("CDR() needs the name of a field");
        }
        if (FACTS.contains(field)) {
            throw new DialplanException(field + " says what happened and can't be set");
        }
        switch (field) {
            case "accountcode" -> {
                call.channel().accountCode(value.strip());
                fields.set(call, field, value.strip());
            }
            case "amaflags" -> fields.set(call, field, RecordFields.amaFlags(value));
            default -> fields.set(call, field, value);
        }
    }

    /** CDR_PROP(disable)=1: no record for this channel; CDR_PROP(party_a)=1: the record is kept from its side. */
    private void property(Call call, String name, String value) {
        var property = name.strip().toLowerCase(Locale.ROOT);
        switch (property) {
            case "disable", "party_a" ->
                fields.set(call, "cdr_prop(" + property + ")", Numbers.isYes(value) ? "1" : "0");
            default -> throw new DialplanException("has disable and party_a, not " + name);
        }
    }
}
