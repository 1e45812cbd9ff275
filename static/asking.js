// Choosing from a question's lists chooses “another KPI”; choosing another answer sets the lists back.
for (const question of document.querySelectorAll("[data-question]")) {
  const lists = [...question.querySelectorAll("select")]
  question.addEventListener("change", ({ target }) => {
    if (lists.includes(target)) {
      if (target.value) question.querySelector("input[value=other]").checked = true
    } else if (target.value !== "other") {
      for (const list of lists) list.value = ""
    }
  })
}
