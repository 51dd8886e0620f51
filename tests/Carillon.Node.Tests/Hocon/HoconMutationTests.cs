using System.Text;
using Carillon.Node.Hocon;

namespace Carillon.Node.Tests.Hocon;

/// <summary>Whatever is written, a document is read or refused with a position, and within a bounded time.</summary>
public sealed class HoconMutationTests
{
    private const int Documents = 20_000;

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", "${", "${?", "}", "=", ":", "+=", ",", "\n", "\"", "\"\"\"", "\\", "\\u12", "#", "//", ".",
        "..", "include ", "include \"x\"", "required(", ")", "null", "true", "1e", "1e+5", "-", "a", "b.c", "${a}",
        "${?a}", "${a.b}", " ", "\t", "\r", "\0", "\uFEFF", "\uD800", "é", "$", "a = ${a}", "a += ", "a { b = ${a} }",
    ];

    private static readonly string[] Seeds =
    [
        """
        // a node
        carillon {
          node { name = ${?HOST}"-1", urls = "http://127.0.0.1:8000", roles = [a, b] }
          store { provider = sqlite, connection-string = ${carillon.node.name}.db }
          jobs = [ { id = x, schedule { cron = "0 2 * * *" } }, ${defaults} { id = y } ]
          jobs += { id = z }
        }
        defaults { retry { attempts = 3, wait-min = 1s } }
        """,
        """
        a = 1, b = ${a}, a = ${b}2
        p = [1], p = ${p} [2], p += 3
        foo { a { c = 1 } }, foo = ${foo.a}, foo { a = 2 }
        bar { x = ${baz.y}, z = 1 }, baz { y = ${bar.z} }
        """,
        "{\"a\": [1, 2.5e+3, true, null, \"x\\u0041\\n\"], \"b\": {\"c\": {}}}",
        "t = \"\"\"multi\nline\"\"\"\"\nk.\"q.r\".s : v w  x # c\nl = ${?n} ${?m} [1]\no = ${l} {}",
    ];

    [Fact]
    public void Mutated_documents_are_read_or_refused_with_a_position()
    {
        var random = new Random(20261122);
        var read = 0;
        for (var i = 0; i < Documents; i++)
        {
            var text = Mutate(Seeds[random.Next(Seeds.Length)], random);
            try
            {
                read += HoconDocument.Parse(text, "x.conf", _ => null).Leaves().Any() ? 1 : 0;
            }
            catch (HoconException e)
            {
                Assert.True(
                    e.Origin.Line > 0 && e.Origin.Column > 0 && e.Problem.Length > 0,
                    $"document {i} is refused without position: {e.Message}\n{text}");
            }
        }

        // Both outcomes must be common, or the mutations test nothing.
        Assert.InRange(read, Documents / 10, Documents * 9 / 10);
    }

    private static string Mutate(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var edits = random.Next(1, 5); edits > 0 && text.Length > 0; edits--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(Math.Min(12, text.Length - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, Fragments[random.Next(Fragments.Length)]);
                    break;
                case 2:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                case 3:
                    text[at] = (char)random.Next(1, 0x2100);
                    break;
                default:
                    text.Insert(at, string.Concat(Enumerable.Repeat(Fragments[random.Next(Fragments.Length)], 100)));
                    break;
            }
        }

        return text.ToString();
    }
}
