using Carillon.Node.Hocon.Syntax;

namespace Carillon.Node.Hocon.Resolution;

/// <summary>One of the objects that merge into one.</summary>
internal interface IFieldSource
{
    /// <summary>Where the object was written.</summary>
    HoconOrigin Origin { get; }

    /// <summary>Its keys in order.</summary>
    IEnumerable<string> Keys { get; }

    /// <summary>Adds the values this object assigns to <paramref name="key"/>, oldest first.</summary>
    void AddValues(string key, List<HoconNode> values);
}
