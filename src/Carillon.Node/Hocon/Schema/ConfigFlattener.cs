using System.Globalization;

namespace Carillon.Node.Hocon.Schema;

/// <summary>Walks a document along its option types and writes flat configuration keys.</summary>
internal sealed class ConfigFlattener
{
    private readonly OrderedDictionary<string, ConfigValue> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ConfigProblem> _problems = [];

    public static FlatConfig Flatten(OptionType type, HoconObject root)
    {
        var flattener = new ConfigFlattener();
        flattener.Visit(type, root, Place.Root);
        return new FlatConfig(flattener._values, flattener._problems);
    }

    private void Visit(OptionType type, HoconValue value, Place place)
    {
        switch (type, value)
        {
            case (_, HoconScalar { Kind: HoconScalarKind.Null }):
                break;
            case (ScalarOptionType scalarType, HoconScalar scalar):
                VisitScalar(scalarType, scalar, place);
                break;
            case (ObjectOptionType known, HoconObject fields):
                VisitFields(fields, place, known.Find, key => UnknownKey(key, known));
                break;
            case (MapOptionType map, HoconObject fields):
                VisitFields(fields, place, key => new OptionProperty(key, key, map.Element), _ => string.Empty);
                break;
            case (ListOptionType list, HoconArray array):
                VisitItems(list.Element, array, place);
                break;
            case (ListOptionType list, HoconObject fields):
                VisitFields(
                    fields, place, key => ListPosition(key, list), _ => $"is not a position, {AllowedSentence(list)}");
                break;
            case (UncheckedOptionType any, _):
                VisitUnchecked(any, value, place);
                break;
            default:
                Report(place, value.Origin, $"is {value.KindName}, {AllowedSentence(type)}");
                break;
        }
    }

    private static string UnknownKey(string key, ObjectOptionType known) =>
        OptionName.Nearest(key, known.WrittenNames) is { } nearest
            ? $"is not known; did you mean '{nearest}'?"
            : $"is not known; known here: {string.Join(", ", known.WrittenNames)}";

    // HOCON lets an object with numeric keys stand for a list; environment variables have no other way to write one.
    private static OptionProperty? ListPosition(string key, ListOptionType list) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new OptionProperty(key, key, list.Element)
            : null;

    private static string Preposition(HoconOrigin origin) => origin.Line == 0 ? "from" : "at";

    private static string AllowedSentence(OptionType type) => $"but must be {Allowed(type)}";

    private static string Allowed(OptionType type) => type switch
    {
        ScalarOptionType scalar => scalar.Allowed,
        ListOptionType { Element: ScalarOptionType element } => $"a list, each element {element.Allowed}",
        ListOptionType => "a list of objects",
        ObjectOptionType known => $"an object with the keys {string.Join(", ", known.WrittenNames)}",
        _ => "an object",
    };

    private void VisitScalar(ScalarOptionType type, HoconScalar scalar, Place place)
    {
        if (type.Convert(scalar.Text) is { } text)
        {
            Set(place, text, scalar.Origin);
        }
        else
        {
            Report(place, scalar.Origin, $"is '{scalar.Text}', {AllowedSentence(type)}");
        }
    }

    private void VisitItems(OptionType element, HoconArray array, Place place)
    {
        if (array.Items.Count == 0)
        {
            Set(place, string.Empty, array.Origin);
        }

        for (var i = 0; i < array.Items.Count; i++)
        {
            var position = i.ToString(CultureInfo.InvariantCulture);
            Visit(element, array.Items[i], place.Below(position, position));
        }
    }

    private void VisitFields(
        HoconObject fields, Place place, Func<string, OptionProperty?> find, Func<string, string> whyUnknown)
    {
        if (fields.Fields.Count == 0)
        {
            Set(place, string.Empty, fields.Origin);
        }

        foreach (var (key, value) in fields.Fields)
        {
            var property = find(key);
            var child = place.Below(property?.WrittenName ?? key, property?.Key ?? key);
            if (property is null)
            {
                Report(child, value.Origin, whyUnknown(key));
            }
            else if (property.Key.Length == 0 || property.Key.Contains(':', StringComparison.Ordinal))
            {
                Report(child, value.Origin, "has a key that is empty or contains ':'");
            }
            else
            {
                Visit(property.Type, value, child);
            }
        }
    }

    private void VisitUnchecked(UncheckedOptionType type, HoconValue value, Place place)
    {
        switch (value)
        {
            case HoconScalar scalar:
                Set(place, scalar.Text, scalar.Origin);
                break;
            case HoconArray array:
                VisitItems(type, array, place);
                break;
            default:
                VisitFields(
                    (HoconObject)value,
                    place,
                    key => new OptionProperty(type.KeepsKeys ? key : OptionName.Normalize(key), key, type),
                    _ => string.Empty);
                break;
        }
    }

    private void Set(Place place, string text, HoconOrigin origin)
    {
        // The root itself has no key. Keys that differ in spelling only come from objects that merge, or collide.
        if (place.Key.Length > 0 && !_values.TryAdd(place.Key, new ConfigValue(text, origin)))
        {
            var first = _values[place.Key].Origin;
            Report(place, origin, $"is also given in another spelling, {Preposition(first)} {first}");
        }
    }

    private void Report(Place place, HoconOrigin origin, string what)
    {
        var path = place.Path.ToString();
        _problems.Add(new ConfigProblem(path, origin, $"{origin}: {path} {what}"));
    }
}
