using System.Text.Json;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>
/// Reads the members of a JSON object by name and notes everything that is wrong, so that a caller learns of all
/// problems at once. A member that is null counts as missing.
/// </summary>
internal sealed class JsonFields
{
    private const int MaxProblems = 100;

    private readonly JsonElement _element;
    private readonly string _path;
    private readonly List<string> _problems;
    private readonly List<string> _known = [];
    private readonly List<JsonFields> _children = [];

    /// <summary>Reads the members of the whole body.</summary>
    public JsonFields(JsonElement element)
        : this(element, string.Empty, [])
    {
    }

    private JsonFields(JsonElement element, string path, List<string> problems)
    {
        _element = element;
        _path = path;
        _problems = problems;
    }

    /// <summary>A text, or null.</summary>
    public string? Text(string name)
    {
        return Find(name) is { } value ? Text(name, value) : null;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool missing)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : Refuse(name, value, "true or false", missing);
    }

    /// <summary>A whole number.</summary>
    public int Number(string name, int missing)
    {
        if (Find(name) is not { } value)
        {
            return missing;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : Refuse(name, value, "a whole number", missing);
    }

    /// <summary>A duration, or null.</summary>
    public TimeSpan? Duration(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return Word(name, value) is { } text && DurationText.TryParse(text, out var duration)
            ? duration
            : Refuse<TimeSpan?>(name, value, DurationText.Allowed, null);
    }

    /// <summary>An instant, or null.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return Word(name, value) is { } text && InstantText.TryParse(text, out var instant)
            ? instant
            : Refuse<DateTimeOffset?>(name, value, InstantText.Allowed, null);
    }

    /// <summary>
    /// One of the words of an enum, in snake_case; with hyphens, as in configuration, it is the same word.
    /// </summary>
    public TEnum Choice<TEnum>(string name, TEnum missing)
        where TEnum : struct, Enum
    {
        return Choice<TEnum>(name) ?? missing;
    }

    /// <summary>As the other overload; null when missing.</summary>
    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        return Word(name, value) is { } text && EnumWords<TEnum>.Find(text) is { } found
            ? found
            : Refuse<TEnum?>(name, value, string.Join(", ", EnumWords<TEnum>.All), null);
    }

    /// <summary>A list of texts; empty when missing.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => Text(name, item)).OfType<string>()]
            : Refuse<IReadOnlyList<string>>(name, value, "a list of texts", []);
    }

    /// <summary>The items of a list, at least one; empty when something is wrong with it.</summary>
    public IReadOnlyList<JsonElement> Items(string name, int max)
    {
        if (Find(name) is not { } value)
        {
            Note($"{_path}{name} is missing: a list of 1 to {max} items");
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is var length && (length == 0 || length > max))
        {
            Note($"{_path}{name} has {length} items: 1 to {max} are allowed");
            return [];
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : Refuse<IReadOnlyList<JsonElement>>(name, value, $"a list of 1 to {max} items", []);
    }

    /// <summary>The members of an object as texts, names without regard to case; empty when missing.</summary>
    public Dictionary<string, string> Map(string name)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (Find(name) is not { } value)
        {
            return map;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse(name, value, "an object whose members are texts", map);
        }

        foreach (var member in value.EnumerateObject())
        {
            if (Text($"{name}.{Shown(member.Name)}", member.Value) is { } text && !map.TryAdd(member.Name, text))
            {
                Note($"{_path}{name}.{Shown(member.Name)} is there twice");
            }
        }

        return map;
    }

    /// <summary>Any JSON value as its text, or null.</summary>
    public string? Raw(string name)
    {
        return Find(name)?.GetRawText();
    }

    /// <summary>The members of an object, or null when missing.</summary>
    public JsonFields? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse<JsonFields?>(name, value, "an object", null);
        }

        var fields = new JsonFields(value, $"{_path}{name}.", _problems);
        _children.Add(fields);
        return fields;
    }

    /// <summary>Accepts members without reading them: those that only answers have.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    /// <summary>Notes a problem.</summary>
    public void Note(string problem)
    {
        if (_problems.Count < MaxProblems)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Every problem so far, those with members that nobody asked for included.</summary>
    public IReadOnlyList<string> Finish()
    {
        foreach (var member in _element.EnumerateObject())
        {
            if (!_known.Contains(member.Name, StringComparer.Ordinal))
            {
                var nearest = NearestWord.Of(member.Name, _known);
                Note($"{_path}{Shown(member.Name)} is not known; the nearest is '{_path}{nearest}'");
            }
        }

        _children.ForEach(static child => child.Finish());
        return _problems;
    }

    /// <summary>Refuses the request when anything was wrong.</summary>
    /// <exception cref="RequestException">400.</exception>
    public void ThrowIfWrong()
    {
        if (Finish() is { Count: > 0 } problems)
        {
            throw new RequestException(400, problems);
        }
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? Word(string name, JsonElement value)
    {
        return value.ValueKind == JsonValueKind.String ? Text(name, value) : null;
    }

    private string? Text(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Refuse<string?>(name, value, "a text", null);
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            Note($"{_path}{name} holds half of a surrogate pair");
            return null;
        }
    }

    private T Refuse<T>(string name, JsonElement value, string allowed, T instead)
    {
        Note($"{_path}{name} {Shown(value.GetRawText())} is not allowed: {allowed}");
        return instead;
    }

    private static string Shown(string text)
    {
        return StoredText.Clean(text, 80);
    }
}
