using System.Text.Json;
using System.Text.Json.Nodes;
using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

/// <summary>HOCON is a superset of JSON: what a JSON parser reads, it reads alike.</summary>
public sealed class HoconJsonTests
{
    private const string Characters = " .a\"\\\n\t$#/{}[]:=,+é€1e-\u2028\0";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public void Json_documents_mean_the_same_in_HOCON()
    {
        var random = new Random(8259);
        for (var i = 0; i < 2_000; i++)
        {
            var document = RandomObject(random, depth: 0);
            var text = document.ToJsonString(i % 2 == 0 ? Indented : null);

            var read = JsonNode.Parse(Json.Of(HoconDocument.Parse(text, "x.json").Root));

            Assert.True(JsonNode.DeepEquals(document, read), $"{text}\nwas read as\n{read}");
        }
    }

    private static JsonObject RandomObject(Random random, int depth)
    {
        var fields = new JsonObject();
        for (var count = random.Next(5); count > 0; count--)
        {
            fields[RandomText(random)] = RandomNode(random, depth + 1);
        }

        return fields;
    }

    private static JsonNode? RandomNode(Random random, int depth) => random.Next(depth > 5 ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.Next(-1000, 1000),
        3 => random.NextDouble() * Math.Pow(10, random.Next(-30, 30)),
        4 => RandomText(random),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomNode(random, depth + 1))]),
        _ => RandomObject(random, depth),
    };

    private static string RandomText(Random random) => string.Concat(
        Enumerable.Range(0, random.Next(8)).Select(_ => Characters[random.Next(Characters.Length)]));
}
