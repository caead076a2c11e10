package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.Numbers;
import io.allo.pbx.call.Call;
import io.allo.pbx.call.sip.AddedHeaders;
import io.allo.pbx.call.sip.OutgoingSipChannel;
import io.allo.pbx.call.sip.SipChannel;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.sip.header.Headers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** PJSIP_HEADER and its kin: the headers that came in, and those to go out. RFC 3261 7.3. Stateless. */
final class PjsipHeaders {

    /** Headers that are the stack's own business. */
    void register(FunctionTable table) {
        table.settable("PJSIP_HEADER", this::header, this::setHeader);
        table.settable(
                "SIP_HEADER", (call, data) -> read(call, Arguments.of(data, 2).get(0), index(data, 1)), this::add);
        table.readable("PJSIP_HEADERS", this::names);
        table.readable("PJSIP_RESPONSE_HEADER", this::header);
        table.readable("PJSIP_RESPONSE_HEADERS", this::names);
        table.application("SIPAddHeader", this::addLine);
        table.application("SIPRemoveHeader", this::removeLine);
    }

    private static SipChannel channel(Call call) {
        if (call.channel() instanceof SipChannel sip) {
            return sip;
        }
        throw new DialplanException(call.channel().name() + " is no SIP channel");
    }

    private static int index(String data, int position) {
        return (int) Numbers.leadingNumber(Arguments.of(data).get(position), 1);
    }

    /** The lines of that name, compact forms included, as they came. */
    private static List<String> lines(Headers headers, String name) {
        var lines = new ArrayList<String>();
        for (var index = 0; index < headers.size(); index++) {
            if (headers.nameAt(index).equalsIgnoreCase(name.strip())) {
                lines.add(headers.valueAt(index));
            }
        }
        return lines.isEmpty() ? headers.all(name.strip()) : lines;
    }

    private String header(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        if (!arguments.get(0).strip().equalsIgnoreCase("read")) {
            throw new DialplanException("is read with read,name, not \"" + data + "\"");
        }
        return read(call, arguments.get(1), index(data, 2));
    }

    private static String read(Call call, String name, int number) {
        var found = lines(channel(call).receivedHeaders(), name);
        var at = number < 0 ? found.size() + number : number - 1;
        return at >= 0 && at < found.size() ? found.get(at) : "";
    }

    /** PJSIP_HEADERS(prefix): the names of the headers that came, each once. */
    private String names(Call call, String data) {
        var prefix = data.strip().toLowerCase(Locale.ROOT);
        var headers = channel(call).receivedHeaders();
        var names = new LinkedHashSet<String>();
        for (var index = 0; index < headers.size(); index++) {
            if (headers.nameAt(index).toLowerCase(Locale.ROOT).startsWith(prefix)) {
                names.add(headers.nameAt(index));
            }
        }
        return names.stream().collect(Collectors.joining(","));
    }

    // ---- what goes out

    private void setHeader(Call call, String data, String value) {
        var arguments = Arguments.of(data, 3);
        var name = arguments.get(1);
        switch (arguments.get(0).strip().toLowerCase(Locale.ROOT)) {
            case "add" -> add(call, name, value);
            case "update" -> update(call, name, (int) Numbers.leadingNumber(arguments.get(2), 1), value);
            case "remove" -> remove(call, name);
            default -> throw new DialplanException("is set with add, update or remove, not \"" + data + "\"");
        }
    }

    private void add(Call call, String name, String value) {
        var channel = channel(call);
        channel.pendingHeaders(channel.pendingHeaders().adding(allowed(name), AddedHeaders.clean(value)));
    }

    /**
     * SIPAddHeader(Name: value), from files for chan_sip: of the calls that this caller's call makes from now on; on a channel that is
     * being called (option b of Dial and Page) of its own INVITE.
     */
    private void addLine(Call call, String line) {
        var colon = line.indexOf(':');
        if (colon <= 0) {
            throw new DialplanException("needs Name: value, not \"" + line + "\"");
        }
        if (call.channel() instanceof OutgoingSipChannel) {
            add(call, line.substring(0, colon), line.substring(colon + 1));
            return;
        }
        var variables = call.channel().variables();
        var wanted = allowed(line.substring(0, colon)) + ": " + AddedHeaders.clean(line.substring(colon + 1));
        for (var number = 1; number <= AddedHeaders.MOST; number++) {
            if (variables.value(AddedHeaders.variable(number)) == null) {
                variables.set("__" + AddedHeaders.variable(number), wanted);
                return;
            }
        }
        throw new DialplanException("has added " + AddedHeaders.MOST + " headers already");
    }

    /** SIPRemoveHeader(Name): what SIPAddHeader added; all of it without a name. */
    private void removeLine(Call call, String name) {
        var wanted = name.replaceFirst(":.*", "").strip();
        var variables = call.channel().variables();
        for (var number = 1; number <= AddedHeaders.MOST; number++) {
            var line = variables.value(AddedHeaders.variable(number));
            if (line != null
                    && (wanted.isEmpty() || line.regionMatches(true, 0, wanted + ":", 0, wanted.length() + 1))) {
                variables.remove(AddedHeaders.variable(number));
            }
        }
        if (call.channel() instanceof SipChannel) {
            remove(call, wanted);
        }
    }

    private static void update(Call call, String name, int number, String value) {
        var channel = channel(call);
        var wanted = allowed(name);
        var changed = Headers.builder();
        var seen = new int[1];
        channel.pendingHeaders()
                .forEach((each, old) -> changed.add(
                        each, each.equalsIgnoreCase(wanted) && ++seen[0] == number ? AddedHeaders.clean(value) : old));
        if (seen[0] < number) {
            throw new DialplanException("there are " + seen[0] + " headers " + wanted + " to update, not " + number);
        }
        channel.pendingHeaders(changed.build());
    }

    /** A name may end in {@code *}. */
    private static void remove(Call call, String name) {
        var channel = channel(call);
        var wanted = name.strip().toLowerCase(Locale.ROOT);
        var stem = wanted.endsWith("*") ? wanted.substring(0, wanted.length() - 1) : null;
        var kept = Headers.builder();
        channel.pendingHeaders().forEach((each, value) -> {
            var lower = each.toLowerCase(Locale.ROOT);
            var gone = stem == null ? lower.equals(wanted) || wanted.isEmpty() : lower.startsWith(stem);
            if (!gone) {
                kept.add(each, value);
            }
        });
        channel.pendingHeaders(kept.build());
    }

    private static String allowed(String name) {
        var wanted = name.strip();
        if (!AddedHeaders.isName(wanted)) {
            throw new DialplanException("\"" + name + "\" is no name of a header");
        }
        if (AddedHeaders.isOurs(wanted)) {
            throw new DialplanException(wanted + " is the SIP stack's own and can't be added");
        }
        return wanted;
    }
}
