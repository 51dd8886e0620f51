using System.Globalization;
using System.Text;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

/// <summary>Names that no page is prepared for, in every label of the product.</summary>
public sealed class LabelFuzzTests
{
    private static readonly string[] Nasty =
    [
        "\0", "\n", "\r\n", "\"", "\\", "\\n", "\ud800", "\udfff", "\udc00\ud800", "a\u0301", "\u202e", "\ufeff",
        "\u2028", "{le=\"1\"}", "# EOF", "\uffff", "🎉", " ", "\t", "İ",
    ];

    [Fact]
    public void Random_names_over_all_of_unicode_keep_both_forms_of_the_page_legal()
    {
        var random = new Random(8);
        for (var left = InputCount.Or(200); left > 0; left -= 100)
        {
            var facts = new Facts();
            var names = new Dictionary<string, string>(StringComparer.Ordinal);
            var categories = Enumerable.Range(0, 5).Select(_ => Name(random)).ToArray();
            for (var i = 0; i < 100; i++)
            {
                var id = i.ToString(CultureInfo.InvariantCulture);
                names[id] = Name(random);
                facts.Save(id, category: categories[i % 5], owner: Name(random), name: names[id]);
                facts.Begin(id, i);
            }

            var cluster = Parts.Cluster() with
            {
                Version = Name(random),
                Nodes = [Parts.Node("n" + Name(random))],
                Queues = [new QueueFacts("q" + Name(random), 0, TimeSpan.Zero)],
            };

            var page = ExpositionPage.ParseText(Parts.Render(ClusterSnapshot.Merge([Parts.Of(facts)], cluster)));

            foreach (var (id, name) in names)
            {
                var shown = page.Find("scheduler_job_open", ("job_id", id))!.Labels["job_name"];
                Assert.Equal(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)), shown);
            }
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("🎉")]
    [InlineData("x🎉")]
    [InlineData("\n")]
    public void Name_of_a_megabyte_is_cut_to_a_label_that_is_whole(string part)
    {
        var name = new StringBuilder().Insert(0, part, 1_000_000).ToString();
        var facts = new Facts();
        facts.Save("a", name: name, category: name, owner: name);
        facts.Save("b", category: name + "b");
        var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(facts)));

        var labels = page.Find("scheduler_job_open", ("job_id", "a"))!.Labels;
        Assert.InRange(labels["job_name"].Length, JobLabels.MaxLength - 1, JobLabels.MaxLength);
        Assert.DoesNotContain('\ufffd', labels["job_name"]);
        Assert.Equal(labels["category"], page.Find("scheduler_job_open", ("job_id", "b"))!.Labels["category"]);
    }

    private static string Name(Random random)
    {
        var text = new StringBuilder();
        for (var left = random.Next(1, 12); left > 0; left--)
        {
            if (random.Next(3) == 0)
            {
                text.Append(Nasty[random.Next(Nasty.Length)]);
            }
            else if (random.Next(2) == 0)
            {
                text.Append((char)random.Next(0x10000));
            }
            else
            {
                text.Append(Rune.TryCreate(random.Next(0x110000), out var rune) ? rune.ToString() : "?");
            }
        }

        return text.ToString();
    }
}
