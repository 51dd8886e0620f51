using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon;

/// <summary>A string, number, boolean or null.</summary>
public sealed class HoconScalar : HoconValue
{
    private HoconScalar(HoconScalarKind kind, string text, HoconOrigin origin)
        : base(origin, [])
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>The type as written; a quoted number is a string.</summary>
    public HoconScalarKind Kind { get; }

    /// <summary>The text as written, without quotes and with escapes decoded; <c>null</c> for null.</summary>
    public string Text { get; }

    /// <summary>The text, or null for null.</summary>
    public string? Value => Kind == HoconScalarKind.Null ? null : Text;

    internal override string KindName => Kind switch
    {
        HoconScalarKind.Number => "a number",
        HoconScalarKind.Boolean => "a boolean",
        HoconScalarKind.Null => "null",
        _ => "a string",
    };

    internal static HoconScalar String(string text, HoconOrigin origin) => new(HoconScalarKind.Text, text, origin);

    /// <summary>The value of an unquoted run that stands alone.</summary>
    internal static HoconScalar Unquoted(string text, HoconOrigin origin) => new(KindOf(text), text, origin);

    private static HoconScalarKind KindOf(string text) => text switch
    {
        "true" or "false" => HoconScalarKind.Boolean,
        "null" => HoconScalarKind.Null,
        _ when JsonNumber.LengthAtStart(text) == text.Length => HoconScalarKind.Number,
        _ => HoconScalarKind.Text,
    };
}
