using System.Text.Json;
using Carillon.Scheduling.Explanations;

namespace Carillon.Web.Tests.Jobs;

public sealed class NextRunsDocumentTests
{
    private static readonly string Page = Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "docs", "api.md");

    [Theory]
    [InlineData(typeof(NextRuns))]
    [InlineData(typeof(ExplainedOccurrence))]
    [InlineData(typeof(AffectedDate))]
    public void Section_of_the_page_names_every_field_of_the_answer(Type answer)
    {
        var section = File.ReadAllText(Page).Split("\n### Next\n")[1].Split("\n## ")[0];
        var words = section.Split([' ', ',', '`', '{', '}', '|', ':', ';', '\n'], StringSplitOptions.RemoveEmptyEntries);

        Assert.All(
            answer.GetProperties(),
            field => Assert.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name), words));
    }
}
