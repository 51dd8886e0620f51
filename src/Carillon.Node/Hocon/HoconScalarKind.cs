namespace Carillon.Node.Hocon;

/// <summary>The type of a value that is neither object nor list.</summary>
public enum HoconScalarKind
{
    /// <summary>Text, quoted or not, or several values joined.</summary>
    Text,

    /// <summary>A JSON number, kept as written.</summary>
    Number,

    /// <summary>Unquoted <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>Unquoted <c>null</c>.</summary>
    Null,
}
