using System.Globalization;
using System.Text;
using Carillon.Hosting;
using Carillon.Node.Hocon;
using Carillon.Testing;

namespace Carillon.Node.Tests.Hocon;

/// <summary>
/// Whatever is written, a document is read or refused with a position, and within a bounded time. They run while no other
/// test does, because the heap is the whole process's.
/// </summary>
[CollectionDefinition("alone", DisableParallelization = true)]
[Collection("alone")]
public sealed class GeneratedDocumentTests
{
    private const int WordLimit = 6;
    private static readonly int Documents = InputCount.Or(20_000);
    private static readonly ConfigSchema Schema = ConfigSchema.For<CarillonOptions>("carillon");

    private static readonly string[] Keys =
    [
        "carillon", "node", "name", "urls", "roles", "workers", "slots", "queues", "jobs", "id", "schedule", "cron",
        "store", "lease", "cluster", "run", "a", "b", "\"a.b\"", "a.b", "\"\"", "true", "0", "-",
    ];

    private static readonly string[] Words =
    [
        "1", "-1", "1e309", "99999999999999999999", "0.1", "5s", "1 day", "64KiB", "true", "no", "null", "x", "\"\"",
        "\"a\\u0000b\"", "\"\\ud800\"", "\"\"\"x\ny\"\"\"", "2026-01-01", "${a}", "${?b}", "${carillon.node}", "${?PATH}", "é", "[]", "{}",
    ];

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
        ReadAll(() => Mutate(Seeds[random.Next(Seeds.Length)], random));
    }

    [Fact]
    public void Documents_made_from_the_grammar_are_read_or_refused_with_a_position()
    {
        var random = new Random(20261123);
        ReadAll(() =>
        {
            var text = new StringBuilder();
            AddFields(text, random, depth: 0);
            return random.Next(4) == 0 ? Mutate(text.ToString(), random) : text.ToString();
        });
    }

    /// <summary>Reads the documents and checks them against the options of a node.</summary>
    private static void ReadAll(Func<string> next)
    {
        var read = 0;
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Documents; i++)
        {
            var text = next();
            try
            {
                var root = HoconDocument.Parse(text, "x.conf", static name => name is "PATH" ? "/bin" : null).Root;
                var config = Schema.Flatten(root);
                Assert.All(config.Problems, static problem => Assert.False(string.IsNullOrWhiteSpace(problem.Message)));
                read++;
            }
            catch (HoconException e)
            {
                Assert.True(
                    e.Origin.Line > 0 && e.Origin.Column > 0 && e.Problem.Length > 0,
                    $"document {i} is refused without position: {e.Message}\n{text}");
            }
        }

        // Both outcomes must be common, or the documents test nothing.
        Assert.InRange(read, Documents / 10, Documents * 9 / 10);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 16 * 1024 * 1024);
    }

    private static void AddFields(StringBuilder text, Random random, int depth)
    {
        for (var fields = random.Next(1, 5); fields > 0; fields--)
        {
            text.Append(Keys[random.Next(Keys.Length)]).Append(random.Next(5) == 0 ? " += " : " = ");
            AddValue(text, random, depth);
            text.Append(random.Next(3) == 0 ? ", " : "\n");
        }
    }

    private static void AddValue(StringBuilder text, Random random, int depth)
    {
        switch (depth >= WordLimit ? 0 : random.Next(8))
        {
            case 0 or 1 or 2 or 3:
                text.Append(Words[random.Next(Words.Length)]);
                break;
            case 4:
                text.Append("{ ");
                AddFields(text, random, depth + 1);
                text.Append('}');
                break;
            case 5:
                text.Append('[');
                for (var items = random.Next(4); items > 0; items--)
                {
                    AddValue(text, random, depth + 1);
                    text.Append(", ");
                }

                text.Append(']');
                break;
            case 6:
                text.Append(CultureInfo.InvariantCulture, $"{random.Next()}");
                break;
            default:
                AddValue(text, random, depth + 1);
                text.Append(' ');
                AddValue(text, random, depth + 1);
                break;
        }
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
