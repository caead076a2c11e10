package io.allo.pbx.endpoint;

import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import io.allo.sip.address.SipUri;
import io.allo.sip.address.Uri;
import io.allo.sip.registrar.AddressOfRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads {@code type=aor}. */
final class AorReader {

    /** Contacts one address of record may have. */
    static final int MAX_CONTACTS_LIMIT = 1_000;

    private AorReader() {}

    static AorSettings read(SectionReader reader, Consumer<ConfProblem> problems) {
        var section = reader.section();
        var contacts = contacts(reader);
        var maxContacts = reader.integer("max_contacts", 0, 0, MAX_CONTACTS_LIMIT);
        if (maxContacts == 0 && contacts.isEmpty()) {
            var entry = reader.entry("max_contacts");
            problems.accept(ConfProblem.warning(
                    entry.map(e -> e.file()).orElse(section.file()),
                    entry.map(e -> e.line()).orElse(section.line()),
                    "max-contacts",
                    new Text(
                            "[" + section.name()
                                    + "] has no max_contacts (Asterisk's 0 refuses every registration); 1 is taken",
                            "[" + section.name()
                                    + "] n'a pas de max_contacts (le 0 d'Asterisk refuse tout enregistrement) ; 1 est pris"),
                    new Text("write max_contacts=1", "écrivez max_contacts=1")));
            maxContacts = 1;
        }
        var minimum = reader.integer("minimum_expiration", 60, 1, Integer.MAX_VALUE);
        var record = new AddressOfRecord(
                section.name(),
                maxContacts,
                reader.yesNo("remove_existing", false),
                reader.yesNo("remove_unavailable", false),
                reader.integer("default_expiration", 3600, 1, Integer.MAX_VALUE),
                minimum,
                Math.max(minimum, reader.integer("maximum_expiration", 7200, 1, Integer.MAX_VALUE)),
                contacts,
                reader.yesNo("support_path", false),
                reader.integer("qualify_frequency", 0, 0, 86_400),
                Math.round(1000 * reader.value("qualify_timeout", OptionType.decimal(0.1, 600), 3.0)),
                reader.yesNo("qualify_2xx_only", false));
        var settings = new AorSettings(
                record,
                reader.yesNo("authenticate_qualify", false),
                reader.text("outbound_proxy", ""),
                reader.value("mailboxes", OptionType.LIST, List.of()));
        reader.inert("voicemail_extension", TransportReader.NOT_YET);
        return settings;
    }

    private static List<SipUri> contacts(SectionReader reader) {
        var contacts = new ArrayList<SipUri>();
        for (var entry : reader.entries("contact")) {
            for (var item : entry.value().split(",", -1)) {
                try {
                    if (Uri.parse(item.strip()) instanceof SipUri uri) {
                        contacts.add(uri);
                        continue;
                    }
                } catch (RuntimeException wrong) {
                    // reported below, like a URI of another scheme
                }
                reader.wrong(
                        entry,
                        new Text(
                                "a SIP URI such as sip:100@192.0.2.1:5060",
                                "une URI SIP comme sip:100@192.0.2.1:5060"));
            }
        }
        return contacts;
    }
}
