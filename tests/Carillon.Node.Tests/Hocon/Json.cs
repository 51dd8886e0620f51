using System.Text.Encodings.Web;
using System.Text.Json;
using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

/// <summary>Writes a value as JSON, so that a test states what it expects in one line.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(string hocon, Func<string, string?>? environment = null) =>
        Of(HoconDocument.Parse(hocon, "test.conf", environment).Root);

    public static string Of(HoconValue value) => value switch
    {
        HoconObject o => $"{{{string.Join(',', o.Fields.Select(f => $"{Quoted(f.Key)}:{Of(f.Value)}"))}}}",
        HoconArray a => $"[{string.Join(',', a.Items.Select(Of))}]",
        HoconScalar { Kind: HoconScalarKind.Text } s => Quoted(s.Text),
        _ => ((HoconScalar)value).Text,
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text, Options);
}
