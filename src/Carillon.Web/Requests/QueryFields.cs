using System.Globalization;
using Carillon.Model;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>Reads query parameters; a missing or empty one is null.</summary>
internal readonly struct QueryFields(IQueryCollection query)
{
    /// <summary>A text.</summary>
    public string? Text(string name)
    {
        var value = query[name].ToString();
        return value.Length == 0 ? null : value;
    }

    /// <summary>A whole number within bounds.</summary>
    /// <exception cref="RequestException">400.</exception>
    public int Number(string name, int min, int max, int missing)
    {
        if (Text(name) is not { } text)
        {
            return missing;
        }

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return isNumber && number >= min && number <= max
            ? number
            : throw Refused(name, text, $"a whole number from {min} to {max}");
    }

    /// <summary>true or false; false when it is missing.</summary>
    /// <exception cref="RequestException">400.</exception>
    public bool Flag(string name)
    {
        return Text(name) switch
        {
            null or "false" => false,
            "true" => true,
            var other => throw Refused(name, other, "true, false"),
        };
    }

    /// <summary>An instant.</summary>
    /// <exception cref="RequestException">400.</exception>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return InstantText.TryParse(text, out var instant) ? instant : throw Refused(name, text, InstantText.Allowed);
    }

    /// <summary>A duration above zero.</summary>
    /// <exception cref="RequestException">400.</exception>
    public TimeSpan? Duration(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return DurationText.TryParse(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw Refused(name, text, DurationText.Allowed);
    }

    /// <summary>One of the words of an enum, in snake_case.</summary>
    /// <exception cref="RequestException">400.</exception>
    public TEnum? Choice<TEnum>(string name)
        where TEnum : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return EnumWords<TEnum>.Find(text) ?? throw Refused(name, text, string.Join(", ", EnumWords<TEnum>.All));
    }

    /// <summary>The refusal of a value.</summary>
    public static RequestException Refused(string name, string value, string allowed)
    {
        return RequestException.Bad($"{name} '{StoredText.Clean(value, 80)}' is not allowed: {allowed}");
    }
}
