package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.PartyId;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.endpoint.CallerIdText;
import io.allo.pbx.event.CallEvent;
import java.util.Locale;

/** CALLERID, CONNECTEDLINE and REDIRECTING: who the parties are. Stateless. */
final class CallerFunctions {

    void register(FunctionTable table) {
        table.settable("CALLERID", this::callerId, this::setCallerId);
        table.settable("CONNECTEDLINE", this::connectedLine, this::setConnectedLine);
        table.settable("REDIRECTING", this::redirecting, this::setRedirecting);
    }

    // ---- CALLERID

    private String callerId(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var channel = call.channel();
        var item = item(arguments.get(0));
        if (arguments.count() > 1) {
            return field(CallerIdText.parse(arguments.get(1)), item);
        }
        return switch (item) {
            case "dnid", "dnid-num" -> channel.dnid();
            case "rdnis" -> channel.redirecting().number();
            case "ani", "ani-num" -> channel.ani();
            case "ani-all" -> "\"" + channel.callerId().name() + "\" <" + channel.ani() + ">";
            case "ani-name" -> channel.callerId().name();
            case "ani-valid", "ani-num-valid" -> channel.ani().isEmpty() ? "0" : "1";
            case "ani2", "dnid-num-plan" -> "0";
            default -> field(channel.callerId(), item.startsWith("priv-") ? item.substring(5) : item);
        };
    }

    private void setCallerId(Call call, String data, String value) {
        var channel = call.channel();
        var item = item(data);
        switch (item) {
            case "dnid", "dnid-num" -> channel.dnid(value.strip());
            case "rdnis" -> channel.redirecting(channel.redirecting().withNumber(value.strip()));
            case "ani", "ani-num" -> channel.ani(value.strip());
            case "ani-all" -> channel.ani(CallerIdText.parse(value).number());
            default -> {
                channel.callerId(changed(channel.callerId(), item, value));
                // As in Asterisk, a new caller is a new payer, until CALLERID(ani) says otherwise.
                if (item.equals("all") || item.equals("num")) {
                    channel.ani(channel.callerId().number());
                }
            }
        }
        note(call, "callerid(" + item + ")", value);
    }

    // ---- CONNECTEDLINE, REDIRECTING

    private String connectedLine(Call call, String data) {
        return field(call.channel().connectedLine(), item(Arguments.of(data).get(0)));
    }

    private void setConnectedLine(Call call, String data, String value) {
        var arguments = Arguments.of(data);
        var channel = call.channel();
        channel.connectedLine(changed(channel.connectedLine(), item(arguments.get(0)), value));
        if (!arguments.get(1).strip().equalsIgnoreCase("i")) {
            channel.updateConnectedLine(channel.connectedLine());
        }
    }

    /** One party is kept: who sent the call here. The first of several and the new target count as that one or the dialed number. */
    private String redirecting(Call call, String data) {
        var item = Arguments.of(data).get(0).strip().toLowerCase(Locale.ROOT);
        var channel = call.channel();
        return switch (item) {
            case "count" -> channel.redirecting().equals(PartyId.UNKNOWN) ? "0" : "1";
            case "reason", "orig-reason" -> reason(call);
            case "to-num" -> channel.dnid();
            default -> field(channel.redirecting(), item(party(item)));
        };
    }

    private void setRedirecting(Call call, String data, String value) {
        var item = Arguments.of(data).get(0).strip().toLowerCase(Locale.ROOT);
        var channel = call.channel();
        switch (item) {
            case "reason", "orig-reason" -> channel.variables().set("REDIRECTINGREASON", value.strip());
            case "count" -> throw new DialplanException("count is what it is: 1 where the call was redirected");
            default -> channel.redirecting(changed(channel.redirecting(), item(party(item)), value));
        }
    }

    private static String reason(Call call) {
        var reason = call.channel().variables().value("REDIRECTINGREASON");
        return reason == null ? "unknown" : reason;
    }

    private static String party(String item) {
        for (var prefix : new String[] {"priv-from-", "priv-orig-", "from-", "orig-"}) {
            if (item.startsWith(prefix)) {
                return item.substring(prefix.length());
            }
        }
        throw new DialplanException("has no item " + item);
    }

    // ---- the items of a party

    private static String item(String text) {
        var item = text.strip().toLowerCase(Locale.ROOT);
        return item.equals("number") || item.equals("cidnum") ? "num" : item;
    }

    private static String field(PartyId party, String item) {
        return switch (item) {
            case "all" -> "\"" + party.name() + "\" <" + party.number() + ">";
            case "name" -> party.name();
            case "num" -> party.number();
            case "pres", "num-pres", "name-pres" -> party.presentation().label();
            case "num-valid" -> party.number().isEmpty() ? "0" : "1";
            case "name-valid" -> party.name().isEmpty() ? "0" : "1";
            case "num-plan", "ton" -> "0";
            case "name-charset" -> "utf8";
            case "subaddr", "subaddr-type", "subaddr-odd", "tag" -> "";
            case "subaddr-valid" -> "0";
            default -> throw new DialplanException("has no item " + item);
        };
    }

    private static PartyId changed(PartyId party, String item, String value) {
        return switch (item) {
            case "all" -> {
                var read = CallerIdText.parse(value);
                yield party.withName(read.name()).withNumber(read.number());
            }
            case "name" -> party.withName(value.strip());
            case "num" -> party.withNumber(value.strip());
            case "pres", "num-pres", "name-pres" -> party.withPresentation(presentation(value));
            case "num-valid" -> Numbers.isYes(value) ? party : party.withNumber("");
            case "name-valid" -> Numbers.isYes(value) ? party : party.withName("");
            case "num-plan", "ton", "name-charset", "tag" -> party;
            default -> throw new DialplanException("has no item " + item);
        };
    }

    private static PartyId.Presentation presentation(String value) {
        var wanted = value.strip().toLowerCase(Locale.ROOT);
        for (var presentation : PartyId.Presentation.values()) {
            if (presentation.label().equals(wanted)) {
                return presentation;
            }
        }
        return switch (wanted) {
            case "prohibited" -> PartyId.Presentation.PROHIBITED;
            case "0" -> PartyId.Presentation.ALLOWED_NOT_SCREENED;
            case "32" -> PartyId.Presentation.PROHIBITED_NOT_SCREENED;
            case "67" -> PartyId.Presentation.UNAVAILABLE;
            default -> throw new DialplanException("presentation is e.g. allowed or prohib, not \"" + value + "\"");
        };
    }

    private static void note(Call call, String field, String value) {
        call.log()
                .add(new CallEvent.RecordFieldSet(
                        call.clock().epochMillis(),
                        call.log().linkedId(),
                        call.channel().uniqueId(),
                        field,
                        value));
    }
}
