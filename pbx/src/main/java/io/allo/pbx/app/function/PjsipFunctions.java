package io.allo.pbx.app.function;

import io.allo.pbx.app.function.text.RawArguments;
import io.allo.pbx.call.Call;
import io.allo.pbx.dialplan.Arguments;
import io.allo.pbx.dialplan.DialplanException;
import io.allo.pbx.endpoint.Contacts;
import io.allo.pbx.endpoint.EndpointDirectory;
import io.allo.pbx.endpoint.EndpointSettings;
import io.allo.sip.address.NameAddress;
import io.allo.sip.address.SipParseException;
import io.allo.sip.address.SipUri;
import io.allo.sip.registrar.ContactStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What asks about endpoints, addresses of record, contacts and URIs. Any thread. */
final class PjsipFunctions {

    private final Supplier<EndpointDirectory> directory;
    private final Contacts contacts;
    private final Values values;

    PjsipFunctions(Values values, FunctionWorld world) {
        this.values = values;
        this.directory = world.directory();
        this.contacts = world.contacts();
    }

    void register(FunctionTable table) {
        table.readable("PJSIP_DIAL_CONTACTS", this::dialContacts);
        table.readable("PJSIP_ENDPOINT", this::endpoint);
        table.readable("PJSIP_AOR", this::aor);
        table.readable("PJSIP_CONTACT", this::contact);
        table.readable("PJSIP_PARSE_URI", this::parseUri);
        table.readable("PJSIP_PARSE_URI_FROM", this::parseUriFrom);
    }

    private EndpointSettings named(String name) {
        return directory
                .get()
                .endpoint(name.strip())
                .orElseThrow(() -> new DialplanException("there is no endpoint " + name.strip()));
    }

    /** PJSIP_DIAL_CONTACTS(endpoint[,aor[,user]]): every contact as Dial takes it, by {@code &}. */
    private String dialContacts(Call call, String data) {
        var arguments = Arguments.of(data, 3);
        var endpoint = named(arguments.get(0));
        var aors = arguments.get(1).isBlank()
                ? endpoint.aors()
                : List.of(arguments.get(1).strip());
        var user = arguments.get(2).strip();
        var found = new ArrayList<String>();
        for (var name : aors) {
            for (var uri : uris(name)) {
                found.add("PJSIP/" + endpoint.name() + "/" + (user.isEmpty() ? uri : uri.withUser(user)));
            }
        }
        return String.join("&", found);
    }

    private List<SipUri> uris(String aorName) {
        var uris = new ArrayList<SipUri>();
        var aor = directory.get().aor(aorName);
        if (aor != null) {
            uris.addAll(aor.contacts());
        }
        contacts.of(aorName).forEach(contact -> uris.add(contact.binding().target()));
        return uris;
    }

    private String endpoint(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var endpoint = named(arguments.get(0));
        var behaviour = endpoint.behaviour();
        var identity = endpoint.identity();
        var field = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        return switch (field) {
            case "context" -> endpoint.context();
            case "aors" -> String.join(",", endpoint.aors());
            case "auth" -> String.join(",", endpoint.auths());
            case "outbound_auth" -> String.join(",", endpoint.outboundAuths());
            case "transport" -> endpoint.transport();
            case "identify_by" -> String.join(",", endpoint.identifyBy());
            case "allow" ->
                "("
                        + endpoint.capabilities().codecs().choices().stream()
                                .map(choice -> choice.codec().asteriskName())
                                .collect(Collectors.joining("|"))
                        + ")";
            case "callerid" -> identity.callerId().full();
            case "from_user" -> identity.fromUser();
            case "from_domain" -> identity.fromDomain();
            case "trust_id_inbound" -> yesNo(identity.trustInbound());
            case "trust_id_outbound" -> yesNo(identity.trustOutbound());
            case "send_pai" -> yesNo(identity.sendPai());
            case "send_rpid" -> yesNo(identity.sendRpid());
            case "language" -> behaviour.language();
            case "accountcode" -> behaviour.accountCode();
            case "tone_zone" -> behaviour.toneZone();
            case "call_group" -> behaviour.callGroup();
            case "pickup_group" -> behaviour.pickupGroup();
            case "moh_suggest" -> behaviour.mohSuggest();
            case "message_context" -> behaviour.messageContext();
            case "mailboxes" -> String.join(",", behaviour.mailboxes());
            case "allow_transfer" -> yesNo(behaviour.allowTransfer());
            case "device_state_busy_at" -> String.valueOf(behaviour.deviceBusyAt());
            case "rewrite_contact" -> yesNo(endpoint.nat().rewriteContact());
            case "force_rport" -> yesNo(endpoint.nat().forceRport());
            case "outbound_proxy" -> endpoint.nat().outboundProxy();
            case "contact_user" -> endpoint.nat().contactUser();
            default -> throw new DialplanException("does not know the option " + field);
        };
    }

    private static String yesNo(boolean value) {
        return value ? "true" : "false";
    }

    private String aor(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var name = arguments.get(0).strip();
        var settings = directory.get().conf().aors().get(name);
        if (settings == null) {
            throw new DialplanException("there is no aor " + name);
        }
        var aor = settings.record();
        var field = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        return switch (field) {
            case "contact" ->
                contacts.of(name).stream()
                        .map(contact -> contact.binding().id())
                        .collect(Collectors.joining(","));
            case "max_contacts" -> String.valueOf(aor.maxContacts());
            case "remove_existing" -> yesNo(aor.removeExisting());
            case "remove_unavailable" -> yesNo(aor.removeUnavailable());
            case "default_expiration" -> String.valueOf(aor.defaultExpirationSeconds());
            case "minimum_expiration" -> String.valueOf(aor.minimumExpirationSeconds());
            case "maximum_expiration" -> String.valueOf(aor.maximumExpirationSeconds());
            case "qualify_frequency" -> String.valueOf(aor.qualifyFrequencySeconds());
            case "support_path" -> yesNo(aor.supportPath());
            case "mailboxes" -> String.join(",", settings.mailboxes());
            case "outbound_proxy" -> settings.outboundProxy();
            default -> throw new DialplanException("does not know the option " + field);
        };
    }

    /** PJSIP_CONTACT(id,field), the id as PJSIP_AOR(name,contact) gives it. */
    private String contact(Call call, String data) {
        var arguments = Arguments.of(data, 2);
        var id = arguments.get(0).strip();
        var contact = contacts.all().stream()
                .filter(each -> each.binding().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DialplanException("there is no contact " + id));
        var binding = contact.binding();
        var field = arguments.get(1).strip().toLowerCase(Locale.ROOT);
        return switch (field) {
            case "uri" -> binding.target().toString();
            case "aor" -> binding.aor();
            case "user_agent" -> binding.userAgent() == null ? "" : binding.userAgent();
            case "expiration_time" -> String.valueOf(binding.expiresAtMs() / 1000);
            case "path" -> String.join(",", binding.path());
            case "call_id" -> binding.callId();
            case "via_addr" -> binding.viaAddress().host();
            case "via_port" -> String.valueOf(Math.max(0, binding.viaAddress().port()));
            case "status" ->
                switch (contact.status()) {
                    case ContactStatus.Reachable reachable -> "Reachable";
                    case ContactStatus.Unreachable unreachable -> "Unreachable";
                    case ContactStatus.NonQualified notAsked -> "NonQualified";
                    case ContactStatus.Unknown unknown -> "Unknown";
                };
            case "rtt" ->
                contact.status() instanceof ContactStatus.Reachable reachable
                        ? String.valueOf(reachable.roundTripNanos() / 1_000)
                        : "0";
            default -> throw new DialplanException("does not know " + field);
        };
    }

    private String parseUri(Call call, String data) {
        var arguments = RawArguments.of(data, 2);
        return part(arguments.get(0), arguments.get(1));
    }

    private String parseUriFrom(Call call, String data) {
        var arguments = RawArguments.of(data, 2);
        return part(values.of(call, arguments.get(0)), arguments.get(1));
    }

    private static String part(String text, String part) {
        NameAddress address;
        try {
            address = NameAddress.parse(text.strip());
        } catch (SipParseException broken) {
            throw new DialplanException("\"" + text + "\" is no SIP URI");
        }
        if (!(address.uri() instanceof SipUri uri)) {
            throw new DialplanException("\"" + text + "\" is no SIP URI");
        }
        var wanted = part.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "display" -> address.displayName() == null ? "" : address.displayName();
            case "scheme" -> uri.scheme();
            case "user" -> uri.user() == null ? "" : uri.user();
            case "passwd" -> uri.password() == null ? "" : uri.password();
            case "host" -> uri.host();
            case "port" ->
                uri.hostPort().port() > 0 ? String.valueOf(uri.hostPort().port()) : "";
            case "transport_param", "user_param", "method_param", "ttl_param", "maddr_param" ->
                uri.parameters().valueOr(wanted.replace("_param", ""), "");
            case "lr_param" -> uri.parameters().has("lr") ? "1" : "0";
            default -> throw new DialplanException("does not know the part " + wanted);
        };
    }
}
