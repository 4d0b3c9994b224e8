"""The look (界面): templates, components, masks, date words, refusal words; between faces and rooms, without tables."""
